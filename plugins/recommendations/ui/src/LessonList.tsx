import ArrowForward from '@mui/icons-material/ArrowForward';
import { Box, Card, CardActionArea, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Recommendation } from './api.ts';

interface LessonListProps {
  readonly lessons: readonly Recommendation[];
  /** Id of the heading that names the list. */
  readonly labelledBy: string;
}

function Item({ lesson }: { readonly lesson: Recommendation }): ReactNode {
  const { t } = useTranslation('recommendations');
  const format = useFormat();
  const { kind, because, learners } = lesson.reason;
  return (
    <Card component="li" sx={{ display: 'flex' }}>
      <CardActionArea
        component={Link}
        to={lesson.enrolled ? `/lessons/${lesson.lesson_id}` : `/courses/${lesson.course_slug}`}
        sx={{ display: 'flex', alignItems: 'flex-start', gap: 1.5, p: { xs: 2, sm: 2.5 } }}
      >
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography variant="caption" component="p" color="textSecondary" noWrap>
            {lesson.course_title} · {format.minutes(lesson.minutes)}
          </Typography>
          <Typography variant="h4" component="h3" sx={{ mt: 0.25, overflowWrap: 'anywhere' }}>
            {lesson.title}
          </Typography>
          <Typography variant="body2" color="textSecondary" sx={{ mt: 0.75, overflowWrap: 'anywhere' }}>
            {t(`reason.${kind}`, { lesson: because ?? '', count: learners ?? 0 })}
          </Typography>
        </Box>
        <ArrowForward aria-hidden fontSize="small" color="primary" sx={{ mt: 0.5, flexShrink: 0 }} />
      </CardActionArea>
    </Card>
  );
}

/** Suggested lessons as cards, each with why it is suggested. */
export function LessonList({ lessons, labelledBy }: LessonListProps): ReactNode {
  return (
    <Box
      component="ul"
      aria-labelledby={labelledBy}
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(auto-fit, minmax(260px, 1fr))' },
        gap: 2,
        m: 0,
        p: 0,
        listStyle: 'none',
      }}
    >
      {lessons.map((lesson) => (
        <Item key={lesson.lesson_id} lesson={lesson} />
      ))}
    </Box>
  );
}
