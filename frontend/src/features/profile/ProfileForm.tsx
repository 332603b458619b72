import { Alert, Autocomplete, Box, Button, MenuItem, Stack, TextField } from '@mui/material';
import { type User, fieldError, useNotify, useProblemMessage, useRootDispatch } from '@questline/ui-sdk';
import { sessionSlice } from '@questline/ui-sdk/host';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUpdateMeMutation } from '../../api/index.ts';
import { LANGUAGES, toLanguage } from '../../app/i18n/index.ts';

const ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** Changes one's own name, language and time zone. */
export function ProfileForm({ user }: { readonly user: User }): ReactNode {
  const { t } = useTranslation();
  const dispatch = useRootDispatch();
  const notify = useNotify();
  const message = useProblemMessage();
  const [updateMe, { isLoading, error }] = useUpdateMeMutation();
  const [name, setName] = useState(user.display_name);
  const [locale, setLocale] = useState<string>(toLanguage(user.locale));
  const [zone, setZone] = useState(user.time_zone);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const answer = await updateMe({ display_name: name.trim(), locale, time_zone: zone });
    if (answer.data === undefined) return;
    dispatch(sessionSlice.actions.signedIn(answer.data));
    notify({ message: t('profile.saved'), severity: 'success' });
  };
  const nameError = fieldError(error, 'display_name');
  return (
    <Stack component="form" onSubmit={(event) => void submit(event)} sx={{ gap: 2.5 }}>
      {error !== undefined && nameError === undefined && <Alert severity="error">{message(error)}</Alert>}
      <TextField
        label={t('profile.name')}
        autoComplete="name"
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={nameError !== undefined}
        helperText={nameError ?? t('profile.name_hint')}
      />
      <Box sx={{ display: 'grid', gridTemplateColumns: { sm: '1fr 1fr' }, gap: 2.5 }}>
        <TextField
          select
          label={t('profile.language')}
          value={locale}
          onChange={(event) => setLocale(event.target.value)}
        >
          {Object.entries(LANGUAGES).map(([code, label]) => (
            <MenuItem key={code} value={code} lang={code}>
              {label}
            </MenuItem>
          ))}
        </TextField>
        <Autocomplete
          options={ZONES.includes(zone) ? ZONES : [zone, ...ZONES]}
          value={zone}
          disableClearable
          onChange={(_event, value) => setZone(value)}
          renderInput={(props) => (
            <TextField {...props} label={t('profile.time_zone')} helperText={t('profile.zone_hint')} />
          )}
        />
      </Box>
      <Button type="submit" variant="contained" loading={isLoading} sx={{ alignSelf: 'flex-start' }}>
        {t('profile.save')}
      </Button>
    </Stack>
  );
}
