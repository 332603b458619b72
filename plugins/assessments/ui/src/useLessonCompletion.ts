import { type BlockLesson, useCelebrate } from '@questline/ui-sdk';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAssessmentsCompleteLessonMutation } from './api.ts';

interface Completion {
  readonly error: unknown;
  readonly retry: () => void;
}

/** Completes a quiz lesson once its quiz is passed, so that the player lets the learner go on. */
export function useLessonCompletion(lesson: BlockLesson, passed: boolean, onProgress: () => void): Completion {
  const { t } = useTranslation('assessments');
  const celebrate = useCelebrate();
  const [completeLesson, { error }] = useAssessmentsCompleteLessonMutation();
  const tried = useRef(false);
  const due = passed && lesson.kind === 'quiz' && lesson.status !== 'completed';
  const complete = useEffectEvent(async () => {
    tried.current = true;
    const answer = await completeLesson(lesson.id);
    if (answer.error !== undefined) return;
    if (answer.data.course_completed) celebrate({ kind: 'course', title: t('course_completed'), description: lesson.course.title });
    onProgress();
  });
  useEffect(() => {
    if (due && !tried.current) void complete();
  }, [due]);
  return { error: due ? error : undefined, retry: () => void completeLesson(lesson.id).then(onProgress) };
}
