import ArrowDownwardRounded from '@mui/icons-material/ArrowDownwardRounded';
import ArrowUpwardRounded from '@mui/icons-material/ArrowUpwardRounded';
import DragIndicatorRounded from '@mui/icons-material/DragIndicatorRounded';
import { Box, IconButton, Stack, Typography } from '@mui/material';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { move, plainText } from '../answers.ts';
import { Html } from '../Html.tsx';
import { CONTROL_BORDER, HIDDEN, color, markColors } from '../look.ts';
import { MarkIcon } from '../MarkIcon.tsx';
import type { Choice } from '../types.ts';
import type { InputProps } from './input.ts';
import { useDrag } from './useDrag.ts';

interface StepProps {
  readonly option: Choice;
  readonly position: number;
  readonly total: number;
  readonly disabled: boolean;
  readonly dragged: boolean;
  /** The right place, once it may be shown. */
  readonly expected: number | undefined;
  readonly handle: object;
  readonly onMove: (by: -1 | 1) => void;
}

function Step({ option, position, total, disabled, dragged, expected, handle, onMove }: StepProps): ReactNode {
  const { t } = useTranslation('assessments');
  const mark = expected === undefined ? undefined : expected === position ? 'right' : 'wrong';
  const colors = mark === undefined ? undefined : markColors(mark);
  const text = plainText(option.text_html);
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: { xs: 0.5, sm: 1 },
        minHeight: 56,
        pl: 0.5,
        pr: 0.5,
        border: CONTROL_BORDER,
        borderColor: colors?.line ?? color(dragged ? 'primary' : 'edge'),
        borderRadius: 'var(--ql-radius-control)',
        background: colors?.soft ?? color(dragged ? 'primary-soft' : 'surface'),
        boxShadow: dragged ? 'var(--ql-shadow-raised)' : 'none',
      }}
    >
      {!disabled && (
        <Box
          {...handle}
          aria-hidden
          sx={{ display: 'grid', placeItems: 'center', alignSelf: 'stretch', width: 32, cursor: 'grab', touchAction: 'none', color: color('muted') }}
        >
          <DragIndicatorRounded />
        </Box>
      )}
      <Typography component="span" aria-hidden sx={{ width: 24, textAlign: 'center', color: color('muted'), fontVariantNumeric: 'tabular-nums', ml: disabled ? 1 : 0 }}>
        {position}
      </Typography>
      <Box sx={{ flex: 1, minWidth: 0, py: 1.25 }}>
        <Html html={option.text_html} />
        {mark === 'wrong' && (
          <Typography variant="body2" sx={{ color: colors?.ink, fontWeight: 'var(--ql-font-weight-strong)' }}>
            {t('order.belongs', { position: expected })}
          </Typography>
        )}
      </Box>
      {mark !== undefined && (
        <Box sx={{ px: 1, display: 'grid' }}>
          <MarkIcon mark={mark} />
          {mark === 'right' && <Box component="span" sx={HIDDEN}>{t('order.right')}</Box>}
        </Box>
      )}
      {!disabled && (
        <Stack direction="row">
          <IconButton disabled={position === 1} onClick={() => onMove(-1)} aria-label={t('order.up', { text })}>
            <ArrowUpwardRounded />
          </IconButton>
          <IconButton disabled={position === total} onClick={() => onMove(1)} aria-label={t('order.down', { text })}>
            <ArrowDownwardRounded />
          </IconButton>
        </Stack>
      )}
    </Box>
  );
}

/** Things to put in order, by dragging or with buttons. */
export function OrderInput({ item, answer, feedback, disabled, labelId, onAnswer }: InputProps): ReactNode {
  const { t } = useTranslation('assessments');
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const options = item.options ?? [];
  const byId = new Map(options.map((option) => [option.id, option]));
  const order = answer?.option_ids ?? options.map(({ id }) => id);
  const right = feedback?.expected?.option_ids;
  const place = (from: number, to: number): void => {
    const option = byId.get(order[from] ?? '');
    if (to < 0 || to >= order.length || option === undefined) return;
    onAnswer({ option_ids: move(order, from, to) });
    setSaid(t('order.moved', { text: plainText(option.text_html), position: to + 1, total: order.length }));
  };
  const { dragged, handleOf } = useDrag(list, place);
  return (
    <>
      <Box ref={list} component="ol" role="list" aria-labelledby={labelId} sx={{ display: 'grid', gap: 1, m: 0, p: 0, listStyle: 'none' }}>
        {order.map((id, index) => {
          const option = byId.get(id);
          return option === undefined ? null : (
            <Step
              key={id}
              option={option}
              position={index + 1}
              total={order.length}
              disabled={disabled}
              dragged={dragged === index}
              expected={right === undefined ? undefined : right.indexOf(id) + 1}
              handle={handleOf(index)}
              onMove={(by) => place(index, index + by)}
            />
          );
        })}
      </Box>
      <Box role="status" sx={HIDDEN}>{said}</Box>
    </>
  );
}
