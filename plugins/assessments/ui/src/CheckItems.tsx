import ReplayRounded from '@mui/icons-material/ReplayRounded';
import { Alert, Box, Button, Divider, Stack, Typography } from '@mui/material';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isAnswered } from './answers.ts';
import { useAssessmentsSubmitMutation } from './api.ts';
import { ItemCard } from './ItemCard.tsx';
import type { Attempt, Feedback, Item } from './types.ts';
import { useAnswers } from './useAnswers.ts';
import { useProblemText } from './useProblemText.ts';

interface CheckItemsProps {
  readonly attempt: Attempt;
  readonly starting: boolean;
  readonly onRefused: () => void;
  readonly onAgain: () => void;
}

/** The questions of a check below each other, each with a button of its own; the last one checked ends the attempt. */
export function CheckItems({ attempt, starting, onRefused, onAgain }: CheckItemsProps): ReactNode {
  const { t } = useTranslation('assessments');
  const problem = useProblemText();
  const answers = useAnswers(attempt, onRefused);
  const [submitAttempt, { error: refusal }] = useAssessmentsSubmitMutation();
  const feedbackOf = (item: Item): Feedback | undefined =>
    answers.feedbackOf(item) ?? attempt.result?.items.find(({ item_id }) => item_id === item.id);
  const found = attempt.items.map((item) => feedbackOf(item));
  const complete = found.every((each) => each !== undefined);
  const right = found.filter((each) => each?.correct === true).length;
  const finish = useEffectEvent(() => void submitAttempt({ attemptId: attempt.id, assessmentId: attempt.assessment_id }));
  const due = complete && attempt.status === 'open';
  useEffect(() => {
    if (due) finish();
  }, [due]);
  const error = answers.error ?? refusal;
  return (
    <Stack sx={{ gap: 3.5 }} divider={<Divider aria-hidden />}>
      {attempt.items.map((item) => {
        const feedback = feedbackOf(item);
        const ready = item.type === 'ordering' || isAnswered(answers.answerOf(item));
        return (
          <Box key={item.id}>
            <ItemCard
              item={item}
              answer={answers.answerOf(item)}
              feedback={feedback}
              disabled={feedback !== undefined || answers.checking}
              onAnswer={(answer) => answers.answer(item, answer)}
            />
            {feedback === undefined && (
              <Button variant="contained" disabled={!ready} onClick={() => void answers.check(item)} sx={{ mt: 1 }}>
                {t('check')}
              </Button>
            )}
          </Box>
        );
      })}
      <Stack direction="row" sx={{ flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: 1.5 }}>
        <Typography role="status" sx={{ fontWeight: 'var(--ql-font-weight-strong)' }}>
          {complete ? t('check_result', { right, total: attempt.items.length }) : t('check_left', { count: found.filter((each) => each === undefined).length })}
        </Typography>
        {attempt.status === 'submitted' && (
          <Button startIcon={<ReplayRounded />} loading={starting} loadingPosition="start" onClick={onAgain}>
            {t('result.again')}
          </Button>
        )}
        <Box role="alert" sx={{ width: '100%', '&:empty': { display: 'none' } }}>
          {answers.saveState === 'waiting' && <Alert severity="warning">{t('offline')}</Alert>}
          {error !== undefined && <Alert severity="error">{problem(error)}</Alert>}
        </Box>
      </Stack>
    </Stack>
  );
}
