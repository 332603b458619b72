import { Box } from '@mui/material';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useGetCourseQuery, useGetLessonQuery } from '../../api/index.ts';
import { MAIN_ID, RouteAnnouncer } from '../shell/RouteAnnouncer.tsx';
import { LessonArticle } from './LessonArticle.tsx';
import { LessonProblem } from './LessonProblem.tsx';
import { LessonSkeleton } from './LessonSkeleton.tsx';
import { OutlinePanel } from './OutlinePanel.tsx';
import { PlayerBar } from './PlayerBar.tsx';
import { useShortcuts } from './useShortcuts.ts';

const OutlineDrawer = lazy(() => import('./OutlineDrawer.tsx'));
const ShortcutsDialog = lazy(() => import('./ShortcutsDialog.tsx'));

/** Reading one lesson, away from the rest of the site. */
export default function LessonPage(): ReactNode {
  const { t } = useTranslation();
  const { lessonId = '' } = useParams();
  const { currentData: lesson, error, refetch } = useGetLessonQuery(lessonId);
  const { data: course } = useGetCourseQuery(lesson?.course.slug ?? '', { skip: lesson === undefined });
  const [outline, setOutline] = useState(false);
  const [help, setHelp] = useState(false);
  useShortcuts({ next: lesson?.next_id, previous: lesson?.previous_id, onHelp: () => setHelp(true) });
  const content =
    lesson !== undefined ? (
      <LessonArticle
        key={lesson.id}
        lesson={lesson}
        language={course?.language ?? 'en'}
        onProgress={() => void refetch()}
      />
    ) : error === undefined ? (
      <LessonSkeleton />
    ) : (
      <LessonProblem error={error} onRetry={() => void refetch()} />
    );
  return (
    <Box sx={{ minHeight: '100dvh' }}>
      <title>{lesson?.title ?? t('player.title')}</title>
      <a className="ql-skip-link" href={`#${MAIN_ID}`}>
        {t('shell.skip')}
      </a>
      <PlayerBar lesson={lesson} course={course} onOutline={() => setOutline(true)} onHelp={() => setHelp(true)} />
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: '336px minmax(0, 1fr)' } }}>
        <OutlinePanel course={course} currentId={lessonId} />
        <Box
          component="main"
          id={MAIN_ID}
          tabIndex={-1}
          sx={{ minWidth: 0, px: { xs: 2.5, sm: 4 }, py: { xs: 4, md: 7 } }}
        >
          {content}
        </Box>
      </Box>
      <Suspense fallback={null}>
        {outline && <OutlineDrawer course={course} currentId={lessonId} onClose={() => setOutline(false)} />}
        {help && <ShortcutsDialog onClose={() => setHelp(false)} />}
      </Suspense>
      <RouteAnnouncer />
    </Box>
  );
}
