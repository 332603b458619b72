import SendRounded from '@mui/icons-material/SendRounded';
import { Box, Button, ButtonBase, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isAnswered, markOf, plainText } from './answers.ts';
import { CONTROL_BORDER, ROW, color, markColors } from './look.ts';
import { MarkIcon } from './MarkIcon.tsx';
import type { Attempt, Item } from './types.ts';
import type { Answers } from './useAnswers.ts';

interface ReviewProps {
  readonly attempt: Attempt;
  readonly answers: Answers;
  readonly busy: boolean;
  readonly onGo: (index: number) => void;
  readonly onSubmit: () => void;
}

interface RowProps {
  readonly item: Item;
  readonly position: number;
  readonly answers: Answers;
  readonly onGo: () => void;
}

function Row({ item, position, answers, onGo }: RowProps): ReactNode {
  const { t } = useTranslation('assessments');
  const feedback = answers.feedbackOf(item);
  const mark = feedback === undefined ? undefined : markOf(feedback);
  const answered = isAnswered(answers.answerOf(item));
  const state = mark === undefined ? t(answered ? 'state.answered' : 'state.open') : t(`state.${mark}`);
  const ink = mark === undefined ? color(answered ? 'primary-ink' : 'muted') : markColors(mark).ink;
  return (
    <li>
      <ButtonBase
        onClick={onGo}
        sx={{
          width: '100%',
          minHeight: 52,
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'flex-start',
          textAlign: 'start',
          gap: 1.5,
          px: 1.75,
          py: 1.25,
          fontFamily: 'inherit',
          fontSize: '1rem',
          border: CONTROL_BORDER,
          borderColor: color('line'),
          borderRadius: 'var(--ql-radius-control)',
          '&:hover': { borderColor: color('primary') },
          '&:focus-visible': { outline: `3px solid ${color('primary')}`, outlineOffset: 2 },
        }}
      >
        <Box component="span" sx={{ color: color('muted'), fontVariantNumeric: 'tabular-nums', minWidth: 20 }}>
          {position}
        </Box>
        <Box component="span" sx={{ ...ROW, flex: 1, minWidth: 0 }}>
          <Box component="span" sx={{ display: '-webkit-box', WebkitBoxOrient: 'vertical', WebkitLineClamp: 2, overflow: 'hidden' }}>
            {plainText(item.prompt_html)}
          </Box>
          <Box component="span" sx={{ display: 'flex', alignItems: 'center', gap: 1, whiteSpace: 'nowrap', fontSize: '0.875rem', fontWeight: 'var(--ql-font-weight-strong)', color: ink }}>
            {mark !== undefined && <MarkIcon mark={mark} size={20} />}
            {state}
          </Box>
        </Box>
      </ButtonBase>
    </li>
  );
}

/** Everything at a glance before the attempt is submitted. */
export function Review({ attempt, answers, busy, onGo, onSubmit }: ReviewProps): ReactNode {
  const { t } = useTranslation('assessments');
  const open = attempt.items.filter((item) => !isAnswered(answers.answerOf(item))).length;
  return (
    <Stack sx={{ gap: 3 }}>
      <Typography>{open === 0 ? t('review.complete') : t('review.open', { count: open })}</Typography>
      <Stack component="ol" role="list" sx={{ gap: 1, m: 0, p: 0, listStyle: 'none' }}>
        {attempt.items.map((item, index) => (
          <Row key={item.id} item={item} position={index + 1} answers={answers} onGo={() => onGo(index)} />
        ))}
      </Stack>
      <Button
        variant="contained"
        size="large"
        endIcon={<SendRounded />}
        loading={busy}
        loadingPosition="end"
        onClick={onSubmit}
        sx={{ alignSelf: { xs: 'stretch', sm: 'flex-end' } }}
      >
        {t(open === 0 ? 'review.submit' : 'review.submit_anyway')}
      </Button>
    </Stack>
  );
}
