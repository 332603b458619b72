import AddRounded from '@mui/icons-material/AddRounded';
import DeleteRounded from '@mui/icons-material/DeleteOutlineRounded';
import { Box, Button, IconButton, LinearProgress, Link, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat, useNotify } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../design/components/Panel.tsx';
import { Section } from '../../design/components/Section.tsx';
import { border, color } from '../../design/theme/tokens.ts';
import { ConfirmDialog } from '../extensions/ConfirmDialog.tsx';
import { type GroupCard, type GroupCourseCard, useListGroupCoursesQuery, useUnassignGroupCourseMutation } from './api.ts';
import { AssignCourse } from './AssignCourse.tsx';
import { TEXTS } from './texts.ts';

/** The courses of a group, and how far its members have come. */
export function CoursesPanel({ group, manages }: { readonly group: GroupCard; readonly manages: boolean }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const notify = useNotify();
  const [assigning, setAssigning] = useState(false);
  const [leaving, setLeaving] = useState<GroupCourseCard>();
  const { data, error, refetch } = useListGroupCoursesQuery(group.id, { refetchOnMountOrArgChange: true, refetchOnFocus: true });
  const [unassign, unassigning] = useUnassignGroupCourseMutation();
  const confirm = async (course: GroupCourseCard): Promise<void> => {
    const answer = await unassign({ groupId: group.id, courseId: course.course_id });
    if (answer.error !== undefined) return;
    notify({ message: t('unassigned', { course: course.title }), severity: 'success' });
    setLeaving(undefined);
  };
  const assign = manages && (
    <Button variant="outlined" startIcon={<AddRounded />} onClick={() => setAssigning(true)}>
      {t('assign')}
    </Button>
  );
  const courses = data?.courses ?? [];
  return (
    <Panel>
      <Section title={t('courses')} size="card" action={courses.length > 0 && assign}>
        {data === undefined && error === undefined && <LoadingState lines={2} height={64} />}
        {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data !== undefined && courses.length === 0 && (
          <EmptyState role="status" title={t('no_courses')} description={t('no_courses_detail')} action={assign} />
        )}
        <Stack component="ul" sx={{ m: 0, p: 0, listStyle: 'none', '& > li + li': { borderTop: border('rule') } }}>
          {courses.map((course) => (
            <Stack component="li" key={course.course_id} direction="row" sx={{ alignItems: 'center', gap: 1.5, py: 1.75 }}>
              <Box sx={{ flex: 1, minWidth: 0 }}>
                <Typography variant="subtitle2" component="h3">
                  <Link href={`/courses/${course.slug}`} underline="hover" sx={{ color: 'inherit' }}>
                    {course.title}
                  </Link>
                </Typography>
                <LinearProgress
                  variant="determinate"
                  aria-label={t('progress_of', { course: course.title })}
                  value={group.member_count === 0 ? 0 : (100 * course.completed_members) / group.member_count}
                  sx={{ my: 1 }}
                />
                <Typography variant="body2" sx={{ color: color('muted') }}>
                  {t('taking', {
                    enrolled: format.number(course.enrolled_members),
                    members: format.number(group.member_count),
                    completed: format.number(course.completed_members),
                  })}
                </Typography>
              </Box>
              {manages && (
                <IconButton aria-label={t('unassign_named', { course: course.title })} onClick={() => setLeaving(course)}>
                  <DeleteRounded />
                </IconButton>
              )}
            </Stack>
          ))}
        </Stack>
      </Section>
      {assigning && <AssignCourse group={group} taken={courses} onClose={() => setAssigning(false)} />}
      {leaving !== undefined && (
        <ConfirmDialog
          title={t('unassign_title', { course: leaving.title })}
          action={t('unassign')}
          stops
          busy={unassigning.isLoading}
          problem={unassigning.error}
          onConfirm={() => void confirm(leaving)}
          onClose={() => {
            unassigning.reset();
            setLeaving(undefined);
          }}
        >
          <Typography>{t('unassign_text')}</Typography>
        </ConfirmDialog>
      )}
    </Panel>
  );
}
