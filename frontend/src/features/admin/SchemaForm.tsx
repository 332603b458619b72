import { Button, Stack } from '@mui/material';
import { fieldError } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SchemaControl } from './SchemaControl.tsx';
import { type JsonSchema, readFields } from './schema.ts';

interface SchemaFormProps {
  readonly schema: JsonSchema;
  readonly values: Readonly<Record<string, unknown>>;
  /** What the server answered to the last attempt to save. */
  readonly problem: unknown;
  readonly busy: boolean;
  readonly onSave: (values: Record<string, unknown>) => void;
}

/** A form for the settings that a JSON Schema describes. */
export function SchemaForm({ schema, values, problem, busy, onSave }: SchemaFormProps): ReactNode {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Readonly<Record<string, unknown>>>(values);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSave({ ...draft });
  };
  return (
    <Stack component="form" onSubmit={submit} sx={{ gap: 3 }}>
      {readFields(schema).map((field) => (
        <SchemaControl
          key={field.name}
          field={field}
          value={draft[field.name] ?? field.schema.default}
          required={schema.required?.includes(field.name) ?? false}
          error={fieldError(problem, field.name)}
          onChange={(value) => setDraft({ ...draft, [field.name]: value })}
        />
      ))}
      <Button type="submit" variant="contained" loading={busy} sx={{ alignSelf: 'flex-start' }}>
        {t('admin.save')}
      </Button>
    </Stack>
  );
}
