import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import ArrowForwardRounded from '@mui/icons-material/ArrowForwardRounded';
import CheckRounded from '@mui/icons-material/CheckRounded';
import { Alert, Button, Stack } from '@mui/material';
import { useCelebrate, useNotify, useProblemMessage } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type Lesson, useCompleteLessonMutation } from '../../api/index.ts';
import { border } from '../../design/theme/tokens.ts';

/** Completes a lesson and goes where the course goes on. */
function useCompletion(lesson: Lesson): { readonly complete: () => Promise<void>; readonly busy: boolean } {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const celebrate = useCelebrate();
  const notify = useNotify();
  const message = useProblemMessage();
  const [completeLesson, { isLoading }] = useCompleteLessonMutation();
  const complete = async (): Promise<void> => {
    const answer = await completeLesson(lesson.id);
    if (answer.error !== undefined) {
      notify({ message: message(answer.error), severity: 'error' });
      return;
    }
    if (answer.data.course_completed && lesson.status !== 'completed') {
      celebrate({ kind: 'course', title: t('player.course_completed'), description: lesson.course.title });
    }
    const next = answer.data.next_lesson_id ?? lesson.next_id;
    await navigate(next === null ? `/courses/${lesson.course.slug}` : `/lessons/${next}`);
  };
  return { complete, busy: isLoading };
}

function MainButton({ lesson }: { readonly lesson: Lesson }): ReactNode {
  const { t } = useTranslation();
  const { complete, busy } = useCompletion(lesson);
  const wide = { width: { xs: '100%', sm: 'auto' }, ml: { sm: 'auto' } } as const;
  if (lesson.status === 'completed') {
    const to = lesson.next_id === null ? `/courses/${lesson.course.slug}` : `/lessons/${lesson.next_id}`;
    return (
      <Button href={to} variant="contained" size="large" endIcon={<ArrowForwardRounded />} sx={wide}>
        {t(lesson.next_id === null ? 'player.to_course' : 'player.next')}
      </Button>
    );
  }
  if (lesson.kind === 'quiz') return null;
  return (
    <Button
      variant="contained"
      size="large"
      startIcon={<CheckRounded />}
      loading={busy}
      loadingPosition="start"
      onClick={() => void complete()}
      sx={wide}
    >
      {t(lesson.next_id === null ? 'player.complete' : 'player.complete_next')}
    </Button>
  );
}

/** The foot of a lesson: back, and complete or go on. */
export function LessonEnd({ lesson }: { readonly lesson: Lesson }): ReactNode {
  const { t } = useTranslation();
  const waiting = lesson.kind === 'quiz' && lesson.status !== 'completed';
  return (
    <Stack component="nav" aria-label={t('player.ways')} sx={{ gap: 2, pt: 3, borderTop: border() }}>
      {waiting && <Alert severity="info">{t('player.quiz_waits')}</Alert>}
      <Stack sx={{ flexDirection: { xs: 'column-reverse', sm: 'row' }, alignItems: 'center', gap: 1.5 }}>
        {lesson.previous_id !== null && (
          <Button
            href={`/lessons/${lesson.previous_id}`}
            size="large"
            startIcon={<ArrowBackRounded />}
            sx={{ width: { xs: '100%', sm: 'auto' } }}
          >
            {t('player.previous')}
          </Button>
        )}
        <MainButton lesson={lesson} />
      </Stack>
    </Stack>
  );
}
