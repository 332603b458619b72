import { Button, FormControlLabel, Stack, Switch, TextField, Typography } from '@mui/material';
import { ErrorState, LoadingState } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../../design/theme/tokens.ts';
import { useWithProof } from '../security/ProofProvider.tsx';
import { type PrivacyRules, useGetRetentionQuery, useSetPrivacySettingsMutation } from './api.ts';
import { Section } from './Section.tsx';
import { TEXTS } from './texts.ts';
import { useTell } from './useTell.ts';

interface ScheduleLine {
  readonly table: string;
  readonly after: string;
  readonly declared_days: number;
  readonly days: number;
  readonly due?: number;
}

const DAYS = [
  ['grace_days', 0, 90],
  ['archive_days', 1, 30],
] as const;
const SWITCHES = [
  ['minors', 'minors_switch'],
  ['parental_consent_needed', 'parental_switch'],
] as const;

interface RulesFormProps {
  readonly rules: PrivacyRules;
  readonly schedules: readonly ScheduleLine[];
}

function RulesForm({ rules, schedules }: RulesFormProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const tell = useTell();
  const withProof = useWithProof();
  const [draft, setDraft] = useState(rules);
  const [save, { isLoading }] = useSetPrivacySettingsMutation();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    tell(await withProof(() => save(draft)), t('settings_saved'));
  };
  const keep = (table: string, days: number): void => setDraft({ ...draft, retention: { ...draft.retention, [table]: days } });
  return (
    <Stack component="form" onSubmit={(event) => void submit(event)} sx={{ gap: 3 }}>
      <Section title={t('settings')} lead={t('settings_lead')}>
        <Stack sx={{ gap: 2.5, maxWidth: 520 }}>
          {DAYS.map(([name, min, max]) => (
            <TextField
              key={name}
              type="number"
              label={t(name)}
              value={draft[name] ?? min}
              slotProps={{ htmlInput: { min, max } }}
              onChange={({ target }) => setDraft({ ...draft, [name]: Number(target.value) })}
            />
          ))}
          <TextField label={t('contact_field')} value={draft.contact ?? ''} onChange={({ target }) => setDraft({ ...draft, contact: target.value })} />
          {SWITCHES.map(([name, label]) => (
            <FormControlLabel
              key={name}
              control={<Switch checked={draft[name] ?? false} onChange={(_, on) => setDraft({ ...draft, [name]: on })} />}
              label={t(label)}
            />
          ))}
        </Stack>
      </Section>
      <Section title={t('retention')} lead={t('retention_lead')}>
        <Stack sx={{ gap: 2.5, maxWidth: 520 }}>
          {schedules.length === 0 && <Typography sx={{ color: color('muted') }}>{t('retention_none')}</Typography>}
          {schedules.map(({ table, after, declared_days: declared, days, due = 0 }) => (
            <TextField
              key={table}
              type="number"
              label={t('retention_days', { table })}
              value={draft.retention?.[table] ?? days}
              helperText={`${t('retention_declared', { count: declared, after })} · ${t('retention_due', { count: due })}`}
              slotProps={{ htmlInput: { min: 1, max: declared } }}
              onChange={({ target }) => keep(table, Number(target.value))}
            />
          ))}
        </Stack>
      </Section>
      <Button type="submit" variant="contained" loading={isLoading} sx={{ alignSelf: 'flex-start' }}>
        {t('save')}
      </Button>
    </Stack>
  );
}

/** How long data stay, and what else the tenant decides. */
export default function RetentionPart(): ReactNode {
  const { data, error, refetch } = useGetRetentionQuery();
  if (data === undefined && error !== undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return data === undefined ? <LoadingState lines={4} height={90} /> : <RulesForm rules={data.rules} schedules={data.schedules} />;
}
