import { Autocomplete, TextField, Typography } from '@mui/material';
import { useNotify, useProblemMessage } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CourseCard, useListCatalogueQuery } from '../../api/index.ts';
import { color } from '../../design/theme/tokens.ts';
import { type GroupCard, type GroupCourseCard, useAssignGroupCourseMutation } from './api.ts';
import { TEXTS } from './texts.ts';

const TYPING_PAUSE = 250;

interface AssignCourseProps {
  readonly group: GroupCard;
  readonly taken: readonly GroupCourseCard[];
  readonly onClose: () => void;
}

/** Gives a group a course of the catalogue. */
export function AssignCourse({ group, taken, onClose }: AssignCourseProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const message = useProblemMessage();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const [course, setCourse] = useState<CourseCard | null>(null);
  const [assign, { isLoading, error }] = useAssignGroupCourseMutation();
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, isFetching } = useListCatalogueQuery(search === '' || search === course?.title ? {} : { search });
  const options = (data?.items ?? []).filter(({ id }) => taken.every((each) => each.course_id !== id));
  const save = async (): Promise<string | undefined> => {
    if (course === null) return 'course';
    const answer = await assign({ groupId: group.id, courseId: course.id });
    if (answer.error !== undefined) return undefined;
    notify({ message: t('assigned', { course: course.title }), severity: 'success' });
    onClose();
    return undefined;
  };
  return (
    <FormDialog
      title={t('assign_title', { name: group.name })}
      busy={isLoading}
      problem={error === undefined ? undefined : message(error)}
      onSave={save}
      onClose={onClose}
    >
      <Typography sx={{ color: color('muted') }}>{t('assign_lead')}</Typography>
      <Autocomplete
        autoHighlight
        options={options}
        value={course}
        inputValue={typed}
        loading={isFetching}
        noOptionsText={t('no_course_found')}
        filterOptions={(found) => found}
        getOptionLabel={({ title }) => title}
        isOptionEqualToValue={(one, other) => one.id === other.id}
        onInputChange={(_event, value) => setTyped(value)}
        onChange={(_event, value) => setCourse(value)}
        renderInput={(props) => <TextField {...props} autoFocus required name="course" label={t('course')} />}
      />
    </FormDialog>
  );
}
