import { FormControlLabel, FormHelperText, MenuItem, Stack, Switch, TextField } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TEXTS } from '../texts.ts';
import { EntriesControl } from './EntriesControl.tsx';
import { RowsControl } from './RowsControl.tsx';
import type { SchemaField } from './schema.ts';

interface SchemaControlProps {
  readonly field: SchemaField;
  readonly value: unknown;
  /** What is wrong with the value; `at` says where in it. */
  readonly problems: readonly { readonly at: string; readonly message: string }[];
  /** Whether a secret is stored, which is never shown. */
  readonly filled: boolean;
  /** Where in the entries of a list secrets are stored. */
  readonly secrets: readonly string[];
  readonly onChange: (value: unknown) => void;
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

/** One setting with the control that fits its type. */
export function SchemaControl({ field, value, problems, filled, secrets, onChange }: SchemaControlProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { schema, title, kind, nullable } = field;
  if (kind === 'rows') return <RowsControl field={field} value={value} problems={problems} onChange={onChange} />;
  if (kind === 'entries') {
    return <EntriesControl field={field} value={value} problems={problems} secrets={secrets} onChange={onChange} />;
  }
  const error = problems.length > 0 ? problems.map(({ message }) => message).join(' ') : undefined;
  const hint = error ?? schema.description;
  const shape = {
    label: title,
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
          sx={{ gap: 1, m: 0 }}
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
      placeholder={kind === 'secret' && filled ? t('secret_stored') : undefined}
      slotProps={{ inputLabel: kind === 'secret' && filled ? { shrink: true } : {} }}
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
  const { t } = useTranslation(TEXTS);
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
  const hint = broken ? t('not_json') : (shape.helperText ?? (lines ? t('one_a_line') : undefined));
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
