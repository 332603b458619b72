import { Box, ButtonBase } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isAnswered, markOf } from './answers.ts';
import { CONTROL_BORDER, color, markColors } from './look.ts';
import { MarkIcon } from './MarkIcon.tsx';
import type { Item } from './types.ts';
import type { Answers } from './useAnswers.ts';

interface DotsProps {
  readonly items: readonly Item[];
  readonly answers: Answers;
  /** Index of the item on the screen. */
  readonly current: number | null;
  readonly onGo: (index: number) => void;
}

/** One mark for each item: open, answered, right or wrong; a click goes there. */
export function Dots({ items, answers, current, onGo }: DotsProps): ReactNode {
  const { t } = useTranslation('assessments');
  return (
    <Box component="ol" aria-label={t('dots')} sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, m: 0, p: 0, listStyle: 'none' }}>
      {items.map((item, index) => {
        const feedback = answers.feedbackOf(item);
        const mark = feedback === undefined ? undefined : markOf(feedback);
        const answered = isAnswered(answers.answerOf(item));
        const state = mark === undefined ? t(answered ? 'state.answered' : 'state.open') : t(`state.${mark}`);
        return (
          <li key={item.id}>
            <ButtonBase
              aria-label={t('dot', { position: index + 1, state })}
              aria-current={index === current ? 'step' : undefined}
              onClick={() => onGo(index)}
              sx={{
                width: 34,
                height: 34,
                borderRadius: '50%',
                fontFamily: 'inherit',
                fontSize: '0.875rem',
                fontWeight: 'var(--ql-font-weight-strong)',
                border: CONTROL_BORDER,
                borderColor: mark === undefined ? color(answered ? 'primary' : 'edge') : markColors(mark).line,
                background: mark === undefined ? color(answered ? 'primary-soft' : 'surface') : markColors(mark).soft,
                color: color(answered ? 'primary-ink' : 'muted'),
                ...(index === current ? { outline: `2px solid ${color('primary')}`, outlineOffset: 2 } : {}),
                '&:focus-visible': { outline: `3px solid ${color('primary')}`, outlineOffset: 2 },
              }}
            >
              {mark === undefined ? index + 1 : <MarkIcon mark={mark} size={22} />}
            </ButtonBase>
          </li>
        );
      })}
    </Box>
  );
}
