import { Autocomplete, TextField } from '@mui/material';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useListUsersQuery } from '../../api/console/generated.ts';
import { TEXTS } from './texts.ts';

interface Choice {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

interface PersonFilterProps {
  readonly id: string;
  readonly name: string;
  readonly onChoose: (id: string, name: string) => void;
}

/** Chooses whose entries are shown. */
export function PersonFilter({
  id,
  name,
  onChoose,
}: PersonFilterProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const asked = search !== '' && search !== name;
  const { data, isFetching } = useListUsersQuery(
    { search, limit: 10 },
    { skip: !asked },
  );
  const found: readonly Choice[] = asked
    ? (data?.items ?? []).map((person) => ({
        id: person.id,
        name: person.display_name,
        email: person.email,
      }))
    : [];
  return (
    <Autocomplete<Choice>
      options={found}
      value={id === '' ? null : { id, name, email: '' }}
      filterOptions={(options) => options}
      getOptionLabel={(choice) => choice.name}
      getOptionKey={(choice) => choice.id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      onInputChange={(_, value) => setTyped(value)}
      onChange={(_, choice) => onChoose(choice?.id ?? '', choice?.name ?? '')}
      loading={isFetching}
      loadingText={t('searching')}
      noOptionsText={t(asked ? 'nobody' : 'person_hint')}
      renderOption={({ key, ...props }, choice) => (
        <li key={key} {...props}>
          {choice.name} · {choice.email}
        </li>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          label={t('person')}
          placeholder={t('person_hint')}
        />
      )}
    />
  );
}
