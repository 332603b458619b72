import EmojiEventsRounded from '@mui/icons-material/EmojiEventsRounded';
import PlayArrowRounded from '@mui/icons-material/PlayArrowRounded';
import { Box, Button, LinearProgress, Skeleton, Stack, Typography } from '@mui/material';
import { Slot, useFormat, useNotify, useProblemMessage, useSlot } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type Course, useEnrolMutation } from '../../api/index.ts';
import { CourseCover } from '../../design/components/CourseCover.tsx';
import { CourseFacts } from '../../design/components/CourseFacts.tsx';
import { Stage, stageAction } from '../../design/components/Stage.tsx';
import { color, radius } from '../../design/theme/tokens.ts';

function firstLesson(course: Course): string | undefined {
  return course.modules.flatMap((module) => module.lessons)[0]?.id;
}

/** The button to enrol, and what plugins make of it. */
function WayIn({ course, children }: { readonly course: Course; readonly children: ReactNode }): ReactNode {
  const others = useSlot('course.action');
  if (others.length === 0) return children;
  return <Slot name="course.action" props={{ courseId: course.id, courseSlug: course.slug, children }} fallback={<Skeleton variant="rounded" width={180} height={48} />} />;
}

function Action({ course }: { readonly course: Course }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notify = useNotify();
  const message = useProblemMessage();
  const [enrol, { isLoading }] = useEnrolMutation();
  const shape = {
    variant: 'contained',
    size: 'large',
    sx: [stageAction, { width: { xs: '100%', sm: 'auto' } }],
  } as const;
  const { enrolment } = course;
  if (enrolment !== null) {
    const lesson = enrolment.resume_lesson_id ?? firstLesson(course);
    if (lesson === undefined) return null;
    const label = enrolment.completed_at === null ? (enrolment.percent === 0 ? 'start' : 'continue') : 'review';
    return (
      <Button {...shape} href={`/lessons/${lesson}`} startIcon={<PlayArrowRounded />}>
        {t(`courses.${label}`)}
      </Button>
    );
  }
  const begin = async (): Promise<void> => {
    const answer = await enrol(course.id);
    if (answer.error !== undefined) {
      notify({ message: message(answer.error), severity: 'error' });
      return;
    }
    const lesson = answer.data.resume_lesson_id ?? firstLesson(course);
    if (lesson !== undefined) await navigate(`/lessons/${lesson}`);
  };
  return (
    <WayIn course={course}>
      <Button {...shape} loading={isLoading} onClick={() => void begin()}>
        {t('courses.enrol')}
      </Button>
    </WayIn>
  );
}

function Standing({ course }: { readonly course: Course }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { enrolment } = course;
  if (enrolment === null) return null;
  if (enrolment.completed_at !== null) {
    return (
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1 }}>
        <EmojiEventsRounded aria-hidden sx={{ color: color('points') }} />
        <Typography variant="subtitle2">
          {t('courses.completed_on', { date: format.date(enrolment.completed_at) })}
        </Typography>
      </Stack>
    );
  }
  return (
    <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5, width: '100%', maxWidth: 380 }}>
      <LinearProgress
        variant="determinate"
        value={enrolment.percent}
        aria-label={t('courses.progress')}
        sx={{
          flex: 1,
          background: `color-mix(in srgb, ${color('hero-ink')} 22%, transparent)`,
          '& .MuiLinearProgress-bar': { background: color('points') },
        }}
      />
      <Typography variant="subtitle2">{format.percent(enrolment.percent)}</Typography>
    </Stack>
  );
}

/** The head of a course's page. */
export function CourseHero({ course }: { readonly course: Course }): ReactNode {
  const lessons = course.modules.reduce((sum, module) => sum + module.lessons.length, 0);
  return (
    <Stage
      component="header"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1.35fr) minmax(0, 1fr)' },
        gap: { xs: 3, md: 5 },
        alignItems: 'center',
      }}
    >
      <Stack sx={{ gap: 2, alignItems: 'flex-start' }}>
        <CourseFacts level={course.level} minutes={course.minutes} lessons={lessons} color={color('hero-muted')} />
        <Typography variant="h1">{course.title}</Typography>
        <Typography variant="subtitle1" component="p" sx={{ color: color('hero-muted'), maxWidth: '52ch' }}>
          {course.summary}
        </Typography>
        <Standing course={course} />
        <Box sx={{ mt: 1, width: { xs: '100%', sm: 'auto' } }}>
          <Action course={course} />
        </Box>
      </Stack>
      <CourseCover
        slug={course.slug}
        url={course.cover_url}
        sx={{
          borderRadius: radius('card'),
          order: { xs: -1, md: 0 },
          boxShadow: `0 0 0 1px color-mix(in srgb, ${color('hero-ink')} 18%, transparent)`,
        }}
      />
    </Stage>
  );
}
