import { Box, Card, CardActionArea, LinearProgress, Stack, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DashboardCourse } from '../../api/index.ts';
import { CourseCover } from '../../design/components/CourseCover.tsx';
import { color, radius, shadow, transition } from '../../design/theme/tokens.ts';

function CourseProgress({ course }: { readonly course: DashboardCourse }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const percent = course.percent ?? 0;
  const done = percent === 100;
  const next =
    course.resume === null ? t('dashboard.all_done') : t('dashboard.next', { lesson: course.resume.lesson_title });
  return (
    <Card
      component="li"
      sx={{ transition: transition(['box-shadow', 'transform'], 'base'), '&:hover': { boxShadow: shadow('raised') } }}
    >
      <CardActionArea
        href={`/courses/${course.slug}`}
        sx={{ display: 'flex', alignItems: 'center', gap: { xs: 2, sm: 3 }, p: { xs: 1.5, sm: 2 }, pr: { sm: 3 } }}
      >
        <CourseCover
          slug={course.slug}
          url={course.cover_url}
          sx={{
            width: { xs: 84, sm: 168 },
            aspectRatio: { xs: '1', sm: '16 / 10' },
            flexShrink: 0,
            borderRadius: radius('control'),
          }}
        />
        <Stack sx={{ flex: 1, minWidth: 0, gap: 0.5 }}>
          <Typography variant="h4" component="h3">
            {course.title}
          </Typography>
          <Typography variant="body2" noWrap sx={{ color: color('muted') }}>
            {next}
          </Typography>
          <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5, mt: 1 }}>
            <LinearProgress
              variant="determinate"
              value={percent}
              color={done ? 'success' : 'primary'}
              aria-label={t('dashboard.progress_of', { course: course.title })}
              sx={{ flex: 1 }}
            />
            <Typography
              variant="subtitle2"
              sx={{ minWidth: '3.2em', textAlign: 'end', fontVariantNumeric: 'tabular-nums' }}
            >
              {format.percent(percent)}
            </Typography>
          </Stack>
          <Typography variant="caption" sx={{ color: color('muted') }}>
            {t('dashboard.lessons_of', { done: course.completed_lessons, total: course.lesson_count })}
            {course.last_activity_at !== null && ` · ${format.relative(course.last_activity_at)}`}
          </Typography>
        </Stack>
      </CardActionArea>
    </Card>
  );
}

/** The learner's courses with how far each has come. */
export function CourseProgressList({ courses }: { readonly courses: readonly DashboardCourse[] }): ReactNode {
  return (
    <Box component="ul" sx={{ display: 'grid', gap: 2, m: 0, p: 0, listStyle: 'none' }}>
      {courses.map((course) => (
        <CourseProgress key={course.id} course={course} />
      ))}
    </Box>
  );
}
