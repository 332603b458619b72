import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { isApiProblem, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PluginSettingsForm } from '../../../api/console/index.ts';
import { border, color } from '../../../design/theme/tokens.ts';
import { TEXTS } from '../texts.ts';
import { type Draft, fieldProblems, isSame, ownValues, resetField, setField } from './draft.ts';
import { readFields } from './schema.ts';
import { SettingField } from './SettingField.tsx';

interface SettingsFormProps {
  readonly form: PluginSettingsForm;
  readonly packs: ReadonlyMap<string, string>;
  /** What the server answered to the last attempt to save. */
  readonly problem: unknown;
  readonly busy: boolean;
  readonly onSave: (values: Record<string, unknown>) => void;
}

/** A form for the settings that a JSON Schema describes, each either set here or inherited. */
export function SettingsForm({ form, packs, problem, busy, onSave }: SettingsFormProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const message = useProblemMessage();
  const start: Draft = { values: form.values, own: form.own };
  const [draft, setDraft] = useState<Draft>(start);
  const changed = !isSame(draft, start);
  const fields = readFields(form.schema);
  const placed = fields.flatMap((field) => fieldProblems(problem, field.name)).length;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSave(ownValues(draft));
  };
  return (
    <Box component="form" noValidate onSubmit={submit}>
      {isApiProblem(problem) && problem.errors.length > placed && (
        <Alert severity="error" sx={{ mb: 3 }}>
          {problem.errors.map((error) => error.message).join(' ')}
        </Alert>
      )}
      {isApiProblem(problem) && problem.errors.length === 0 && (
        <Alert severity="error" sx={{ mb: 3 }}>
          {message(problem)}
        </Alert>
      )}
      <Stack sx={{ gap: 2.5, pt: 0.75 }}>
        {fields.map((field) => (
          <SettingField
            key={field.name}
            field={field}
            value={draft.values[field.name]}
            inherited={form.inherited[field.name]}
            own={draft.own.includes(field.name)}
            course={form.course_id !== null}
            source={form.sources[field.name] ?? { level: 'default' }}
            packs={packs}
            filled={form.filled_secrets.includes(field.name)}
            secrets={form.filled_secrets}
            problems={fieldProblems(problem, field.name)}
            onChange={(value) => setDraft(setField(draft, field.name, value))}
            onReset={() => setDraft(resetField(draft, field.name, form.inherited))}
          />
        ))}
      </Stack>
      <Stack
        direction="row"
        sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 1.5, mt: 3, pt: 2.5, borderTop: border('rule') }}
      >
        <Button type="submit" variant="contained" loading={busy} disabled={!changed}>
          {t('save')}
        </Button>
        {changed && (
          <>
            <Button onClick={() => setDraft(start)}>{t('discard')}</Button>
            <Typography variant="body2" role="status" sx={{ color: color('muted') }}>
              {t('unsaved')}
            </Typography>
          </>
        )}
      </Stack>
    </Box>
  );
}
