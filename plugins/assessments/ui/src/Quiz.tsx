import { Alert, Button } from '@mui/material';
import { type BlockLesson, ErrorState, LoadingState } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAssessmentsGetQuery, useAssessmentsStartMutation } from './api.ts';
import { AttemptView } from './AttemptView.tsx';
import { StartCard } from './StartCard.tsx';
import { useLessonCompletion } from './useLessonCompletion.ts';
import { useProblemText } from './useProblemText.ts';

interface QuizProps {
  readonly assessmentId: string;
  readonly lesson: BlockLesson;
  readonly onProgress: () => void;
}

/** A quiz from its start card to its result; goes on where the learner left it. */
export function Quiz({ assessmentId, lesson, onProgress }: QuizProps): ReactNode {
  const { t } = useTranslation('assessments');
  const problem = useProblemText();
  const { currentData: summary, error, refetch } = useAssessmentsGetQuery(assessmentId);
  const [startAttempt, start] = useAssessmentsStartMutation();
  const completion = useLessonCompletion(lesson, summary?.passed === true, onProgress);
  if (summary === undefined) {
    return error === undefined ? <LoadingState lines={2} height={140} /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  const begin = (): void => void startAttempt(assessmentId);
  const attemptId = summary.open_attempt_id ?? summary.attempts[0]?.id;
  return (
    <>
      {attemptId === undefined ? (
        <StartCard summary={summary} busy={start.isLoading} error={start.error} onStart={begin} />
      ) : (
        <AttemptView key={attemptId} attemptId={attemptId} entered={start.isSuccess} busy={start.isLoading} error={start.error} onRetry={begin} />
      )}
      {completion.error !== undefined && (
        <Alert severity="warning" sx={{ mt: 2 }} action={<Button onClick={completion.retry}>{t('retry')}</Button>}>
          {t('not_completed')} {problem(completion.error)}
        </Alert>
      )}
    </>
  );
}
