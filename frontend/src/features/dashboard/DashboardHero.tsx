import PlayArrowRounded from '@mui/icons-material/PlayArrowRounded';
import { Box, Button, Typography } from '@mui/material';
import { useUser } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DashboardCourse } from '../../api/index.ts';
import { QuestPath } from '../../design/components/QuestPath.tsx';
import { Stage, stageAction } from '../../design/components/Stage.tsx';
import { color } from '../../design/theme/tokens.ts';

/** The course to go on with: the one touched last that is not finished. */
export function currentCourse(courses: readonly DashboardCourse[]): DashboardCourse | undefined {
  return courses
    .filter((course) => course.resume !== null && course.percent !== 100)
    .toSorted((left, right) => (right.last_activity_at ?? '').localeCompare(left.last_activity_at ?? ''))[0];
}

interface HeroProps {
  readonly overline: string;
  readonly title: string;
  readonly detail: string;
  readonly action: { readonly to: string; readonly label: string };
  readonly path: { readonly total: number; readonly done: number };
}

function Hero({ overline, title, detail, action, path }: HeroProps): ReactNode {
  const user = useUser();
  const { t } = useTranslation();
  return (
    <Stage
      component="section"
      aria-label={overline}
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', md: 'minmax(0, 1.25fr) minmax(0, 1fr)' },
        gap: { xs: 2, md: 5 },
      }}
    >
      <Box sx={{ display: 'flex', flexDirection: 'column', alignItems: 'flex-start' }}>
        <Typography component="h1" variant="subtitle1" sx={{ color: color('hero-muted') }}>
          {t('dashboard.hello', { name: user?.display_name.split(' ')[0] ?? '' })}
        </Typography>
        <Typography component="p" variant="h1" sx={{ mt: 1, maxWidth: '18ch' }}>
          {title}
        </Typography>
        <Typography sx={{ mt: 1.5, color: color('hero-muted'), maxWidth: '46ch' }}>{detail}</Typography>
        <Button
          href={action.to}
          variant="contained"
          size="large"
          startIcon={<PlayArrowRounded />}
          sx={[{ mt: { xs: 2.5, md: 3.5 }, width: { xs: '100%', sm: 'auto' } }, stageAction]}
        >
          {action.label}
        </Button>
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', order: { xs: -1, md: 0 }, px: { xs: 0.5, md: 0 } }}>
        <QuestPath total={path.total} done={path.done} sx={{ maxHeight: { xs: 132, md: 'none' } }} />
      </Box>
    </Stage>
  );
}

/** The main message of the dashboard: go on, choose the next course, or begin. */
export function DashboardHero({ courses }: { readonly courses: readonly DashboardCourse[] }): ReactNode {
  const { t } = useTranslation();
  const course = currentCourse(courses);
  if (course !== undefined && course.resume !== null) {
    const begun = course.completed_lessons > 0;
    return (
      <Hero
        overline={t('dashboard.resume')}
        title={course.resume.lesson_title}
        detail={`${course.title} · ${course.resume.module_title}`}
        action={{
          to: `/lessons/${course.resume.lesson_id}`,
          label: t(begun ? 'dashboard.continue' : 'dashboard.start'),
        }}
        path={{ total: course.lesson_count, done: course.completed_lessons }}
      />
    );
  }
  const finished = courses.length > 0;
  return (
    <Hero
      overline={t('dashboard.begin')}
      title={t(finished ? 'dashboard.finished_title' : 'dashboard.begin_title')}
      detail={t(finished ? 'dashboard.finished_detail' : 'dashboard.begin_detail')}
      action={{ to: '/catalogue', label: t('dashboard.browse') }}
      path={{ total: 7, done: finished ? 7 : 0 }}
    />
  );
}
