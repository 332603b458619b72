import { FormControlLabel, FormHelperText, MenuItem, Stack, Switch, TextField } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SchemaField } from './schema.ts';

interface SchemaControlProps {
  readonly field: SchemaField;
  readonly value: unknown;
  readonly required: boolean;
  readonly error: string | undefined;
  readonly onChange: (value: unknown) => void;
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

/** One setting with the control that fits its type. */
export function SchemaControl({ field, value, required, error, onChange }: SchemaControlProps): ReactNode {
  const { schema, title, kind, nullable } = field;
  const hint = error ?? schema.description;
  const shape = {
    label: title,
    required: required && !nullable,
    error: error !== undefined,
    helperText: hint,
    fullWidth: true,
  };
  if (kind === 'boolean') {
    return (
      <Stack>
        <FormControlLabel
          label={title}
          control={<Switch checked={value === true} onChange={(_event, checked) => onChange(checked)} />}
          sx={{ gap: 1 }}
        />
        {hint !== undefined && <FormHelperText error={error !== undefined}>{hint}</FormHelperText>}
      </Stack>
    );
  }
  if (kind === 'choice') {
    return (
      <TextField {...shape} select value={asText(value)} onChange={(event) => onChange(event.target.value)}>
        {schema.enum?.map((choice) => (
          <MenuItem key={String(choice)} value={String(choice)}>
            {String(choice)}
          </MenuItem>
        ))}
      </TextField>
    );
  }
  if (kind === 'integer' || kind === 'number') {
    const limits = { min: schema.minimum, max: schema.maximum, step: kind === 'integer' ? 1 : 'any' };
    return (
      <TextField
        {...shape}
        type="number"
        value={asText(value)}
        slotProps={{ htmlInput: limits }}
        onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
      />
    );
  }
  if (kind === 'json' || kind === 'lines') {
    return <StructuredControl shape={shape} lines={kind === 'lines'} value={value} onChange={onChange} />;
  }
  return (
    <TextField
      {...shape}
      type={kind === 'secret' ? 'password' : 'text'}
      autoComplete={kind === 'secret' ? 'new-password' : 'off'}
      multiline={kind === 'long_text'}
      minRows={3}
      value={asText(value)}
      onChange={(event) => onChange(nullable && event.target.value === '' ? null : event.target.value)}
    />
  );
}

interface StructuredControlProps {
  readonly shape: { readonly label: string; readonly error: boolean; readonly helperText: string | undefined };
  /** A list of texts, one a line; otherwise any JSON. */
  readonly lines: boolean;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** A setting without a control of its own, written as lines or as JSON. */
function StructuredControl({ shape, lines, value, onChange }: StructuredControlProps): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState(() =>
    lines && Array.isArray(value) ? value.join('\n') : JSON.stringify(value ?? null, undefined, 2),
  );
  const [broken, setBroken] = useState(false);
  const change = (next: string): void => {
    setText(next);
    if (lines) {
      onChange(next.split('\n').filter((line) => line.trim() !== ''));
      return;
    }
    try {
      onChange(JSON.parse(next));
      setBroken(false);
    } catch {
      setBroken(true);
    }
  };
  const hint = broken ? t('admin.not_json') : (shape.helperText ?? (lines ? t('admin.one_a_line') : undefined));
  return (
    <TextField
      {...shape}
      error={broken || shape.error}
      helperText={hint}
      multiline
      minRows={3}
      value={text}
      onChange={(event) => change(event.target.value)}
    />
  );
}
