import { Box, Card, CardActionArea, Chip, LinearProgress, Stack, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CourseCard } from '../../api/index.ts';
import { CourseCover } from '../../design/components/CourseCover.tsx';
import { CourseFacts } from '../../design/components/CourseFacts.tsx';
import { color, shadow, transition } from '../../design/theme/tokens.ts';

function Standing({ course }: { readonly course: CourseCard }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (!course.enrolled) {
    return (
      <Typography variant="body2" sx={{ color: color('muted') }}>
        {t('catalogue.learners', { count: course.learner_count, learners: format.number(course.learner_count) })}
      </Typography>
    );
  }
  const percent = course.percent ?? 0;
  return (
    <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5 }}>
      <LinearProgress
        variant="determinate"
        value={percent}
        color={percent === 100 ? 'success' : 'primary'}
        aria-label={t('catalogue.progress_of', { course: course.title })}
        sx={{ flex: 1 }}
      />
      <Typography variant="subtitle2">{format.percent(percent)}</Typography>
    </Stack>
  );
}

/** A course in the catalogue. */
export function CourseTile({ course }: { readonly course: CourseCard }): ReactNode {
  return (
    <Card
      component="li"
      sx={{
        display: 'flex',
        transition: transition(['box-shadow', 'transform'], 'base'),
        '&:hover': { boxShadow: shadow('raised'), transform: 'translateY(-3px)' },
      }}
    >
      <CardActionArea
        href={`/courses/${course.slug}`}
        sx={{ display: 'flex', flexDirection: 'column', alignItems: 'stretch' }}
      >
        <CourseCover slug={course.slug} url={course.cover_url} />
        <Stack sx={{ flex: 1, gap: 1.25, p: 2.5 }}>
          <CourseFacts level={course.level} minutes={course.minutes} lessons={course.lesson_count} />
          <Typography variant="h3" component="h2">
            {course.title}
          </Typography>
          <Typography
            sx={{
              color: color('muted'),
              display: '-webkit-box',
              WebkitLineClamp: 3,
              WebkitBoxOrient: 'vertical',
              overflow: 'hidden',
            }}
          >
            {course.summary}
          </Typography>
          <Stack direction="row" sx={{ gap: 0.75, flexWrap: 'wrap', mt: 'auto', height: 28, overflow: 'clip' }}>
            {course.tags.slice(0, 3).map((tag) => (
              <Chip key={tag} label={tag} size="small" />
            ))}
          </Stack>
          <Box sx={{ pt: 0.5 }}>
            <Standing course={course} />
          </Box>
        </Stack>
      </CardActionArea>
    </Card>
  );
}
