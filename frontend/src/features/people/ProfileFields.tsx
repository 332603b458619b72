import { Alert, Autocomplete, Box, Button, MenuItem, Stack, TextField } from '@mui/material';
import { fieldError, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../../app/i18n/index.ts';
import type { Profile } from './api.ts';
import { FieldControl, type FieldValue } from './FieldControl.tsx';
import { TEXTS } from './texts.ts';

const ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
const columns = { display: 'grid', gridTemplateColumns: { sm: '1fr 1fr' }, gap: 2.5 } as const;

/** What a person's profile is changed to. */
export interface ProfileDraft {
  readonly display_name: string;
  readonly given_name: string;
  readonly family_name: string;
  readonly locale: string;
  readonly time_zone: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

interface ProfileFieldsProps {
  readonly profile: Profile;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSave: (draft: ProfileDraft) => void;
  /** Whether it may only be looked at. */
  readonly fixed?: boolean;
  readonly children?: ReactNode;
}

/** The form of a profile: one's own, or somebody's whom one manages. */
export function ProfileFields({ profile, busy, error, onSave, fixed = false, children }: ProfileFieldsProps): ReactNode {
  const { t } = useTranslation();
  const message = useProblemMessage();
  const [draft, setDraft] = useState({
    display_name: profile.display_name,
    given_name: profile.given_name ?? '',
    family_name: profile.family_name ?? '',
    locale: profile.locale,
    time_zone: profile.time_zone,
  });
  const [fields, setFields] = useState<Readonly<Record<string, FieldValue>>>({});
  const set = (change: Partial<typeof draft>): void => setDraft({ ...draft, ...change });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSave({ ...draft, display_name: draft.display_name.trim(), fields });
  };
  const wrong = (name: string): string | undefined => fieldError(error, name);
  const named = ['display_name', 'given_name', 'family_name', ...profile.fields.map(({ name }) => `fields.${name}`)];
  const languages = Object.entries<string>(LANGUAGES);
  return (
    <Stack component="form" onSubmit={submit} sx={{ gap: 2.5 }}>
      {error !== undefined && named.every((name) => wrong(name) === undefined) && (
        <Alert severity="error">{message(error)}</Alert>
      )}
      <TextField
        label={t('profile.name')}
        autoComplete="nickname"
        required
        disabled={fixed}
        value={draft.display_name}
        onChange={({ target }) => set({ display_name: target.value })}
        error={wrong('display_name') !== undefined}
        helperText={wrong('display_name') ?? t(`${TEXTS}:name_hint`)}
      />
      <Box sx={columns}>
        <TextField
          label={t(`${TEXTS}:given_name`)}
          autoComplete="given-name"
          disabled={fixed}
          value={draft.given_name}
          onChange={({ target }) => set({ given_name: target.value })}
          error={wrong('given_name') !== undefined}
          helperText={wrong('given_name')}
        />
        <TextField
          label={t(`${TEXTS}:family_name`)}
          autoComplete="family-name"
          disabled={fixed}
          value={draft.family_name}
          onChange={({ target }) => set({ family_name: target.value })}
          error={wrong('family_name') !== undefined}
          helperText={wrong('family_name')}
        />
        <TextField
          select
          label={t('profile.language')}
          disabled={fixed}
          value={draft.locale}
          onChange={({ target }) => set({ locale: target.value })}
        >
          {[...languages, ...(draft.locale in LANGUAGES ? [] : [[draft.locale, draft.locale] as const])].map(
            ([code, label]) => (
              <MenuItem key={code} value={code} lang={code}>
                {label}
              </MenuItem>
            ),
          )}
        </TextField>
        <Autocomplete
          options={ZONES.includes(draft.time_zone) ? ZONES : [draft.time_zone, ...ZONES]}
          value={draft.time_zone}
          disableClearable
          disabled={fixed}
          onChange={(_event, value) => set({ time_zone: value })}
          renderInput={(props) => <TextField {...props} label={t('profile.time_zone')} />}
        />
        {profile.fields.map((field) => (
          <Box key={field.name} sx={{ display: 'grid', gridColumn: field.kind === 'long_text' ? '1 / -1' : undefined }}>
            <FieldControl
              field={fixed ? { ...field, editable: false } : field}
              value={field.name in fields ? (fields[field.name] ?? null) : field.value}
              error={wrong(`fields.${field.name}`)}
              onChange={(value) => setFields({ ...fields, [field.name]: value })}
            />
          </Box>
        ))}
      </Box>
      {children}
      {!fixed && (
        <Button type="submit" variant="contained" loading={busy} sx={{ alignSelf: 'flex-start' }}>
          {t('profile.save')}
        </Button>
      )}
    </Stack>
  );
}
