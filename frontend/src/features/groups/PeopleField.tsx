import { Autocomplete, Avatar, Box, Stack, TextField, Typography } from '@mui/material';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../../design/theme/tokens.ts';
import { initials } from '../shell/initials.ts';
import { useListUsersQuery } from './api.ts';
import { TEXTS } from './texts.ts';

const TYPING_PAUSE = 250;

/** Somebody who can be chosen. */
export interface Choice {
  readonly id: string;
  readonly display_name: string;
  readonly email: string;
  readonly avatar_url: string | null;
}

interface PeopleFieldProps {
  readonly chosen: Choice[];
  readonly onChoose: (people: Choice[]) => void;
}

/** Chooses people of the site by part of a name or an address. */
export function PeopleField({ chosen, onChoose }: PeopleFieldProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, isFetching } = useListUsersQuery(search === '' ? {} : { search });
  return (
    <Autocomplete
      multiple
      autoHighlight
      filterSelectedOptions
      options={data?.items ?? []}
      value={chosen}
      inputValue={typed}
      loading={isFetching}
      noOptionsText={t('no_options')}
      filterOptions={(options) => options}
      getOptionLabel={(person) => person.display_name}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      onInputChange={(_event, value) => setTyped(value)}
      onChange={(_event, people) => onChoose(people)}
      renderOption={({ key: _key, ...props }, person) => (
        <Stack component="li" key={person.id} {...props} direction="row" sx={{ gap: 1.5 }}>
          <Avatar src={person.avatar_url ?? undefined} alt="" sx={{ width: 32, height: 32, fontSize: 14 }}>
            {initials(person.display_name)}
          </Avatar>
          <Box sx={{ minWidth: 0 }}>
            <Typography noWrap>{person.display_name}</Typography>
            <Typography variant="body2" noWrap sx={{ color: color('muted') }}>
              {person.email}
            </Typography>
          </Box>
        </Stack>
      )}
      renderInput={(props) => <TextField {...props} autoFocus label={t('people')} helperText={t('people_hint')} />}
    />
  );
}
