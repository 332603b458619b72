import LockRounded from '@mui/icons-material/LockRounded';
import { Box, Card, Chip, ListItemButton, Stack, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Course, CourseModule, LessonCard } from '../../api/index.ts';
import { border, color, font } from '../../design/theme/tokens.ts';
import { LessonStatus } from './LessonStatus.tsx';

interface LessonRowProps {
  readonly lesson: LessonCard;
  readonly open: boolean;
  readonly next: boolean;
}

function LessonRow({ lesson, open, next }: LessonRowProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const content = (
    <>
      {open ? (
        <LessonStatus status={lesson.status} kind={lesson.kind} />
      ) : (
        <LockRounded aria-hidden sx={{ width: 26, fontSize: 20, color: color('muted') }} />
      )}
      <Typography sx={{ flex: 1, minWidth: 0, fontWeight: next ? 'var(--ql-font-weight-strong)' : undefined }}>
        {lesson.title}
      </Typography>
      {lesson.kind === 'quiz' && <Chip size="small" color="warning" label={t('courses.quiz')} />}
      {next && (
        <Chip
          size="small"
          color="primary"
          label={t('courses.next')}
          sx={{ display: { xs: 'none', sm: 'inline-flex' } }}
        />
      )}
      <Typography variant="body2" sx={{ color: color('muted'), whiteSpace: 'nowrap' }}>
        {format.minutes(lesson.minutes)}
      </Typography>
    </>
  );
  const row = {
    display: 'flex',
    gap: 1.75,
    alignItems: 'center',
    minHeight: 56,
    px: { xs: 1, sm: 1.5 },
    py: 1,
  } as const;
  return (
    <Box component="li">
      {open ? (
        <ListItemButton href={`/lessons/${lesson.id}`} sx={row}>
          {content}
        </ListItemButton>
      ) : (
        <Box sx={row}>{content}</Box>
      )}
    </Box>
  );
}

interface ModuleCardProps {
  readonly module: CourseModule;
  readonly number: number;
  readonly open: boolean;
  readonly nextId: string | null;
}

function ModuleCard({ module, number, open, nextId }: ModuleCardProps): ReactNode {
  const { t } = useTranslation();
  const done = module.lessons.filter((lesson) => lesson.status === 'completed').length;
  const all = done === module.lessons.length;
  return (
    <Card component="li">
      <Stack direction="row" sx={{ gap: 2, alignItems: 'flex-start', p: { xs: 2, sm: 3 }, pb: { xs: 1.5, sm: 2 } }}>
        <Typography
          component="span"
          aria-hidden
          sx={{
            fontFamily: font('display'),
            fontWeight: 'var(--ql-font-weight-display)',
            fontSize: '2rem',
            lineHeight: 1,
            minWidth: '1.3ch',
            color: all && open ? color('success') : color('primary-ink'),
          }}
        >
          {number}
        </Typography>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography variant="h4" component="h3">
            {module.title}
          </Typography>
          {module.summary !== '' && <Typography sx={{ mt: 0.5, color: color('muted') }}>{module.summary}</Typography>}
        </Box>
        {open && (
          <Chip
            size="small"
            color={all ? 'success' : 'default'}
            label={t('courses.lessons_done', { done, total: module.lessons.length })}
          />
        )}
      </Stack>
      <Box
        component="ol"
        sx={{ m: 0, p: { xs: 1, sm: 1.5 }, pt: { xs: 1, sm: 1 }, listStyle: 'none', borderTop: border() }}
      >
        {module.lessons.map((lesson) => (
          <LessonRow key={lesson.id} lesson={lesson} open={open} next={lesson.id === nextId} />
        ))}
      </Box>
    </Card>
  );
}

/** The modules and lessons of a course; lessons open once the learner is enrolled. */
export function Outline({ course }: { readonly course: Course }): ReactNode {
  return (
    <Box component="ol" sx={{ display: 'grid', gap: 2, m: 0, p: 0, listStyle: 'none' }}>
      {course.modules.map((module, index) => (
        <ModuleCard
          key={module.id}
          module={module}
          number={index + 1}
          open={course.enrolment !== null}
          nextId={course.enrolment?.resume_lesson_id ?? null}
        />
      ))}
    </Box>
  );
}
