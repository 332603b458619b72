import { Alert, Box, Button, Card, Stack, Typography } from '@mui/material';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAssessmentsSubmitMutation } from './api.ts';
import { Dots } from './Dots.tsx';
import { ItemCard } from './ItemCard.tsx';
import { Review } from './Review.tsx';
import { SaveStatus } from './SaveStatus.tsx';
import { Timer } from './Timer.tsx';
import type { Attempt } from './types.ts';
import { useAnswers } from './useAnswers.ts';
import { usePlayer } from './usePlayer.ts';
import { useProblemText } from './useProblemText.ts';

/** The main button has a line of its own on a phone, first under the thumb. */
const MAIN = { width: { xs: '100%', sm: 'auto' }, order: { xs: -1, sm: 0 } } as const;

interface PlayerProps {
  readonly attempt: Attempt;
  /** Whether the learner has just begun, so that the focus goes to the first item. */
  readonly entered: boolean;
  /** The server no longer takes answers; read the attempt again. */
  readonly onRefused: () => void;
  readonly onSubmitted: () => void;
}

/** An open attempt, one item at a time. */
export function Player({ attempt, entered, onRefused, onSubmitted }: PlayerProps): ReactNode {
  const { t } = useTranslation('assessments');
  const problem = useProblemText();
  const heading = useRef<HTMLHeadingElement>(null);
  const answers = useAnswers(attempt, onRefused);
  const player = usePlayer(attempt, answers, { heading, entered });
  const [submitAttempt, { error: refusal, isLoading }] = useAssessmentsSubmitMutation();
  const [unsaved, setUnsaved] = useState(false);
  const submit = async (late = false): Promise<void> => {
    const saved = await answers.flush();
    setUnsaved(!saved && !late);
    if (!saved && !late) return;
    const answer = await submitAttempt({ attemptId: attempt.id, assessmentId: attempt.assessment_id });
    if (answer.error === undefined) onSubmitted();
  };
  const { item, index } = player;
  const total = attempt.items.length;
  const feedback = item === undefined ? undefined : answers.feedbackOf(item);
  const error = answers.error ?? refusal;
  return (
    <Card component="section" aria-label={attempt.title} sx={{ p: { xs: 2, sm: 4 }, overflow: 'visible' }}>
      <Stack direction="row" sx={{ flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: 1.5, mb: 2 }}>
        <Typography ref={heading} tabIndex={-1} variant="overline" component="h2" sx={{ scrollMarginTop: '96px', outlineOffset: 4 }}>
          {index === null ? t('review.title') : t('place', { position: index + 1, total })}
          {item !== undefined && ` · ${t('points', { count: item.points })}`}
        </Typography>
        <Stack direction="row" sx={{ gap: 2, alignItems: 'center' }}>
          <SaveStatus state={answers.saveState} />
          {attempt.deadline_at !== null && <Timer deadline={attempt.deadline_at} skew={attempt.skew} onEnd={() => void submit(true)} />}
        </Stack>
      </Stack>
      <Dots items={attempt.items} answers={answers} current={index} onGo={player.go} />
      <Box sx={{ mt: 3.5 }}>
        {item === undefined ? (
          <Review attempt={attempt} answers={answers} busy={isLoading} onGo={player.go} onSubmit={() => void submit()} />
        ) : (
          <>
            <ItemCard
              key={item.id}
              item={item}
              answer={answers.answerOf(item)}
              feedback={feedback}
              disabled={feedback !== undefined || answers.checking}
              onAnswer={(answer) => answers.answer(item, answer)}
            />
            <Stack direction="row" sx={{ flexWrap: 'wrap', alignItems: 'center', gap: 1.5, mt: 3.5 }}>
              {index !== null && index > 0 && <Button onClick={() => player.go(index - 1)}>{t('back')}</Button>}
              <Box sx={{ flex: 1 }} />
              {player.step === 'check' && <Button onClick={() => player.go((index ?? 0) + 1)}>{t('skip')}</Button>}
              <Button variant="contained" size="large" disabled={!player.ready} loading={answers.checking} onClick={player.advance} sx={MAIN}>
                {t(player.step === 'check' ? 'check' : index === total - 1 ? 'to_review' : 'next')}
              </Button>
            </Stack>
            <Typography
              variant="body2"
              color="textSecondary"
              sx={{ mt: 2, textAlign: 'right', display: 'none', '@media (hover: hover) and (pointer: fine)': { display: 'block' } }}
            >
              {t(item.options !== undefined && item.type !== 'ordering' ? 'keys.choose' : 'keys.enter')}
            </Typography>
          </>
        )}
      </Box>
      <Box role="alert">
        {answers.saveState === 'waiting' && <Alert severity="warning" sx={{ mt: 2 }}>{t('offline')}</Alert>}
        {unsaved && answers.saveState !== 'waiting' && <Alert severity="warning" sx={{ mt: 2 }}>{t('not_saved')}</Alert>}
        {error !== undefined && <Alert severity="error" sx={{ mt: 2 }}>{problem(error)}</Alert>}
      </Box>
    </Card>
  );
}
