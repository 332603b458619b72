import { Autocomplete, TextField } from '@mui/material';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CourseName, useListCoursesQuery } from '../../api/index.ts';
import { TEXTS } from './texts.ts';

const TYPING_PAUSE = 250;

interface CourseFieldProps {
  readonly course: CourseName | null;
  readonly onChange: (course: CourseName | null) => void;
  readonly label: string;
  readonly helperText?: string;
}

/** Chooses a course by part of its title. */
export function CourseField({ course, onChange, label, helperText }: CourseFieldProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, isFetching } = useListCoursesQuery(search === '' || search === course?.title ? {} : { search });
  return (
    <Autocomplete
      fullWidth
      options={data?.items ?? []}
      value={course}
      inputValue={typed}
      loading={isFetching}
      noOptionsText={t('no_course')}
      filterOptions={(found) => found}
      getOptionLabel={({ title }) => title}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      onInputChange={(_event, value) => setTyped(value)}
      onChange={(_event, value) => onChange(value)}
      renderInput={(props) => <TextField {...props} name="course" label={label} helperText={helperText} />}
    />
  );
}
