import ChecklistRounded from '@mui/icons-material/ChecklistRounded';
import { Box, Card, Stack, Typography } from '@mui/material';
import { ErrorState, LoadingState } from '@questline/ui-sdk';
import { type ReactNode, useEffect, useEffectEvent, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAssessmentsGetAttemptQuery, useAssessmentsGetQuery, useAssessmentsStartMutation } from './api.ts';
import { CheckItems } from './CheckItems.tsx';
import { color } from './look.ts';
import type { QuizData } from './types.ts';
import { useVisible } from './useVisible.ts';

function Body({ assessmentId }: { readonly assessmentId: string }): ReactNode {
  const { data: summary, error, refetch } = useAssessmentsGetQuery(assessmentId);
  const [startAttempt, start] = useAssessmentsStartMutation();
  const attemptId = summary?.open_attempt_id ?? summary?.attempts[0]?.id;
  const { currentData: attempt, ...read } = useAssessmentsGetAttemptQuery(attemptId ?? '', { skip: attemptId === undefined });
  const begin = useEffectEvent(() => void startAttempt(assessmentId));
  const fresh = summary !== undefined && attemptId === undefined;
  useEffect(() => {
    if (fresh) begin();
  }, [fresh]);
  const problem = error ?? read.error ?? start.error;
  if (attempt !== undefined) {
    return (
      <CheckItems
        key={attempt.id}
        attempt={attempt}
        starting={start.isLoading}
        onRefused={() => void read.refetch()}
        onAgain={() => void startAttempt(assessmentId)}
      />
    );
  }
  if (problem === undefined) return <LoadingState lines={2} height={56} />;
  const again = error !== undefined ? refetch : fresh ? () => startAttempt(assessmentId) : read.refetch;
  return <ErrorState error={problem} onRetry={() => void again()} />;
}

/** A few questions within a lesson, answered in place; fetched when they come near the screen. */
export function LessonCheck({ data }: { readonly data: QuizData }): ReactNode {
  const { t } = useTranslation('assessments');
  const heading = useId();
  const root = useRef<HTMLDivElement>(null);
  const visible = useVisible(root);
  return (
    <Card ref={root} component="section" aria-labelledby={heading} sx={{ p: { xs: 2, sm: 3.5 }, overflow: 'visible' }}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5, mb: 2.5 }}>
        <Box aria-hidden sx={{ display: 'grid', placeItems: 'center', width: 44, height: 44, borderRadius: 'var(--ql-radius-control)', background: color('primary-soft') }}>
          <ChecklistRounded sx={{ color: color('primary-ink') }} />
        </Box>
        <Box sx={{ minWidth: 0 }}>
          <Typography variant="h4" component="h2" id={heading}>
            {data.title}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {t('check_intro', { count: data.item_count })}
          </Typography>
        </Box>
      </Stack>
      {visible ? <Body assessmentId={data.assessment_id} /> : <LoadingState lines={2} height={56} />}
    </Card>
  );
}
