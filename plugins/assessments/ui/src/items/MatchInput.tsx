import { Box, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { plainText } from '../answers.ts';
import { Html } from '../Html.tsx';
import { CONTROL_BORDER, color, markColors } from '../look.ts';
import { MarkIcon } from '../MarkIcon.tsx';
import type { Choice } from '../types.ts';
import type { InputProps } from './input.ts';

interface RowProps {
  readonly left: Choice;
  readonly rights: readonly Choice[];
  readonly value: string;
  /** The right match, once it may be shown. */
  readonly expected: string | undefined;
  readonly disabled: boolean;
  readonly onMatch: (id: string) => void;
}

function Row({ left, rights, value, expected, disabled, onMatch }: RowProps): ReactNode {
  const { t } = useTranslation('assessments');
  const label = useId();
  const mark = expected === undefined ? undefined : expected === value ? 'right' : 'wrong';
  const colors = mark === undefined ? undefined : markColors(mark);
  const answer = rights.find(({ id }) => id === expected);
  const given = rights.find(({ id }) => id === value);
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(0, 1fr) minmax(0, 1fr)' },
        alignItems: 'center',
        gap: 1.25,
        p: 1.5,
        pl: 2,
        border: CONTROL_BORDER,
        borderColor: colors?.line ?? color('line'),
        borderRadius: 'var(--ql-radius-control)',
        background: colors?.soft ?? 'transparent',
      }}
    >
      <Html id={label} html={left.text_html} sx={{ fontWeight: 'var(--ql-font-weight-strong)' }} />
      {disabled ? (
        <Typography>{given === undefined ? t('match.nothing') : plainText(given.text_html)}</Typography>
      ) : (
        <TextField
          select
          fullWidth
          size="small"
          value={value}
          onChange={({ target }) => onMatch(target.value)}
          slotProps={{
            select: { displayEmpty: true, labelId: label, MenuProps: { slotProps: { paper: { sx: { maxWidth: 'min(92vw, 520px)' } } } } },
          }}
          sx={{ '& .MuiSelect-select': { whiteSpace: 'normal', minHeight: '24px !important' } }}
        >
          <MenuItem value="">{t('match.choose')}</MenuItem>
          {rights.map((right) => (
            <MenuItem key={right.id} value={right.id} sx={{ whiteSpace: 'normal' }}>
              {plainText(right.text_html)}
            </MenuItem>
          ))}
        </TextField>
      )}
      {mark !== undefined && (
        <Stack direction="row" sx={{ gap: 1, alignItems: 'center', gridColumn: '1 / -1' }}>
          <MarkIcon mark={mark} size={20} />
          <Typography variant="body2" sx={{ color: colors?.ink, fontWeight: 'var(--ql-font-weight-strong)' }}>
            {mark === 'right' ? t('match.right') : t('match.wrong', { answer: plainText(answer?.text_html ?? '') })}
          </Typography>
        </Stack>
      )}
    </Box>
  );
}

/** Things to find the match of, each from a list. */
export function MatchInput({ item, answer, feedback, disabled, labelId, onAnswer }: InputProps): ReactNode {
  const pairs = answer?.pairs ?? {};
  const match = (left: string, right: string): void => {
    const others = Object.entries(pairs).filter(([id]) => id !== left);
    onAnswer({ pairs: Object.fromEntries(right === '' ? others : [...others, [left, right]]) });
  };
  return (
    <Stack component="ul" role="list" aria-labelledby={labelId} sx={{ gap: 1.25, m: 0, p: 0, listStyle: 'none' }}>
      {(item.left ?? []).map((left) => (
        <Row
          key={left.id}
          left={left}
          rights={item.right ?? []}
          value={pairs[left.id] ?? ''}
          expected={feedback?.expected?.pairs?.[left.id]}
          disabled={disabled}
          onMatch={(right) => match(left.id, right)}
        />
      ))}
    </Stack>
  );
}
