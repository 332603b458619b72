import { Box, Skeleton, Stack } from '@mui/material';
import { ErrorState, Page, Slot, isApiProblem } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useGetCourseQuery } from '../../api/index.ts';
import { Panel } from '../../design/components/Panel.tsx';
import { Prose } from '../../design/components/Prose.tsx';
import { Section } from '../../design/components/Section.tsx';
import { radius } from '../../design/theme/tokens.ts';
import NotFoundPage from '../errors/NotFoundPage.tsx';
import { CourseHero } from './CourseHero.tsx';
import { Objectives } from './Objectives.tsx';
import { Outline } from './Outline.tsx';

function CourseSkeleton(): ReactNode {
  const { t } = useTranslation('sdk');
  return (
    <Stack role="status" aria-busy aria-label={t('loading')} sx={{ gap: 3 }}>
      <Skeleton variant="rectangular" sx={{ height: { xs: 420, md: 340 }, borderRadius: radius('hero') }} />
      {[0, 1, 2].map((module) => (
        <Skeleton key={module} variant="rectangular" height={120} sx={{ borderRadius: radius('card') }} />
      ))}
    </Stack>
  );
}

/** One course: what it teaches, its modules and lessons, and the way in. */
export default function CoursePage(): ReactNode {
  const { t } = useTranslation();
  const { slug = '' } = useParams();
  const { currentData: course, error, refetch } = useGetCourseQuery(slug);
  if (isApiProblem(error) && error.status === 404) return <NotFoundPage />;
  if (course === undefined) {
    return (
      <Page title={t('courses.title')}>
        {error === undefined ? <CourseSkeleton /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </Page>
    );
  }
  return (
    <Page title={course.title}>
      <CourseHero course={course} />
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 344px' },
          gap: 4,
          mt: { xs: 3, md: 4 },
          alignItems: 'start',
        }}
      >
        <Stack sx={{ gap: { xs: 4, md: 5 }, minWidth: 0, order: { xs: 1, lg: 0 } }}>
          <Section title={t('courses.outline')}>
            <Outline course={course} />
          </Section>
          {course.description_html !== '' && (
            <Section title={t('courses.about')}>
              <Prose html={course.description_html} />
            </Section>
          )}
        </Stack>
        <Stack sx={{ gap: 3, minWidth: 0 }}>
          {course.objectives.length > 0 && (
            <Panel>
              <Section title={t('courses.objectives')} size="card">
                <Objectives objectives={course.objectives} />
              </Section>
            </Panel>
          )}
          <Slot name="course.aside" props={{ courseId: course.id, courseSlug: course.slug }} />
        </Stack>
      </Box>
    </Page>
  );
}
