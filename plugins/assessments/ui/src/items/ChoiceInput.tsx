import { Box, Stack, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { choose, chosenIds } from '../answers.ts';
import { Html } from '../Html.tsx';
import { CONTROL_BORDER, HIDDEN, type Mark, STILL, color, markColors } from '../look.ts';
import { MarkIcon } from '../MarkIcon.tsx';
import type { Choice, Feedback, Item } from '../types.ts';
import type { InputProps } from './input.ts';

interface Verdict {
  readonly mark: Mark | undefined;
  /** Key of what is said of the option. */
  readonly text: string | undefined;
}

function verdictOn(item: Item, option: Choice, chosen: boolean, feedback: Feedback | undefined): Verdict {
  const expected = feedback?.expected;
  if (!expected) return { mark: undefined, text: undefined };
  const right = chosenIds(expected).includes(option.id);
  if (right) return { mark: 'right', text: chosen ? 'option.right' : item.type === 'multiple' ? 'option.missed_too' : 'option.missed' };
  return chosen ? { mark: 'wrong', text: 'option.wrong' } : { mark: undefined, text: undefined };
}

interface OptionProps {
  readonly item: Item;
  readonly option: Choice;
  readonly position: number;
  readonly name: string;
  readonly chosen: boolean;
  readonly disabled: boolean;
  readonly feedback: Feedback | undefined;
  readonly onChoose: () => void;
}

function Option({ item, option, position, name, chosen, disabled, feedback, onChoose }: OptionProps): ReactNode {
  const { t } = useTranslation('assessments');
  const verdict = verdictOn(item, option, chosen, feedback);
  const colors = verdict.mark === undefined ? undefined : markColors(verdict.mark);
  const note = feedback?.option_feedback[option.id];
  const square = item.type === 'multiple';
  return (
    <Box
      component="label"
      sx={{
        position: 'relative',
        display: 'grid',
        gridTemplateColumns: 'auto minmax(0, 1fr)',
        columnGap: 1.75,
        alignItems: 'start',
        minHeight: 56,
        px: { xs: 1.75, sm: 2 },
        py: 1.75,
        cursor: disabled ? 'default' : 'pointer',
        borderRadius: 'var(--ql-radius-control)',
        border: CONTROL_BORDER,
        borderStyle: verdict.mark === 'right' && !chosen ? 'dashed' : 'solid',
        borderColor: colors?.line ?? color(chosen ? 'primary' : 'edge'),
        background: colors?.soft ?? color(chosen ? 'primary-soft' : 'surface'),
        transition: 'background-color 120ms, border-color 120ms',
        [STILL]: { transition: 'none' },
        ...(disabled ? {} : { '&:hover': { borderColor: color('primary') } }),
        '&:has(:focus-visible)': { outline: `3px solid ${color('primary')}`, outlineOffset: 2 },
      }}
    >
      <input
        type={square ? 'checkbox' : 'radio'}
        name={name}
        checked={chosen}
        disabled={disabled}
        onChange={onChoose}
        style={{ position: 'absolute', inset: 0, opacity: 0, margin: 0, width: '100%', height: '100%', cursor: 'inherit' }}
      />
      <Box
        aria-hidden
        sx={{
          position: 'relative',
          display: 'grid',
          placeItems: 'center',
          width: 28,
          height: 28,
          fontSize: '0.875rem',
          fontWeight: 'var(--ql-font-weight-strong)',
          borderRadius: square ? '8px' : '50%',
          border: CONTROL_BORDER,
          borderColor: chosen ? color('primary') : color('edge'),
          background: chosen ? color('primary') : 'transparent',
          color: chosen ? color('on-primary') : color('muted'),
          ...(verdict.mark === undefined ? {} : { border: 0, background: 'transparent' }),
        }}
      >
        {verdict.mark === undefined ? position : <MarkIcon mark={verdict.mark} size={28} />}
      </Box>
      <Box sx={{ position: 'relative', minWidth: 0, pt: '2px' }}>
        <Html html={item.type === 'true_false' ? t(`true_false.${option.id}`) : option.text_html} sx={{ color: color('ink') }} />
        {verdict.text !== undefined && (
          <Typography variant="body2" component="p" sx={{ mt: 0.75, color: colors?.ink, fontWeight: 'var(--ql-font-weight-strong)' }}>
            {t(verdict.text)}
          </Typography>
        )}
        {note !== undefined && <Html html={note} sx={{ mt: 0.5, fontSize: '0.9375rem', color: color('ink') }} />}
      </Box>
    </Box>
  );
}

/** Options to choose one or several of. */
export function ChoiceInput({ item, answer, feedback, disabled, labelId, onAnswer }: InputProps): ReactNode {
  const { t } = useTranslation('assessments');
  const name = useId();
  const chosen = chosenIds(answer);
  const several = item.type === 'multiple';
  return (
    <Stack role={several ? 'group' : 'radiogroup'} aria-labelledby={labelId} sx={{ gap: 1.25 }}>
      {several && (
        <Typography variant="body2" color="textSecondary" sx={{ mb: 0.25 }}>
          {t('choose_all')}
        </Typography>
      )}
      {(item.options ?? []).map((option, index) => (
        <Option
          key={option.id}
          item={item}
          option={option}
          position={index + 1}
          name={name}
          chosen={chosen.includes(option.id)}
          disabled={disabled}
          feedback={feedback}
          onChoose={() => onAnswer(choose(item, answer, option.id))}
        />
      ))}
      {disabled && <Box component="span" sx={HIDDEN}>{t('locked')}</Box>}
    </Stack>
  );
}
