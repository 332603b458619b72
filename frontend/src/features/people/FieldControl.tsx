import { FormControlLabel, FormHelperText, MenuItem, Stack, Switch, TextField } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomField } from './api.ts';
import { TEXTS } from './texts.ts';

/** What somebody has in a custom field, as it is edited. */
export type FieldValue = CustomField['value'];

interface FieldControlProps {
  readonly field: CustomField;
  readonly value: FieldValue;
  readonly error: string | undefined;
  readonly onChange: (value: FieldValue) => void;
}

/** The text in the reader's language, else in English. */
export function inLanguage(texts: Readonly<Record<string, string>>, language: string): string {
  return texts[language] ?? texts[language.split('-')[0] ?? ''] ?? texts['en'] ?? '';
}

function readNumber(text: string): FieldValue {
  return text.trim() === '' ? null : Number(text);
}

/** One custom field of a profile. */
export function FieldControl({ field, value, error, onChange }: FieldControlProps): ReactNode {
  const { t, i18n } = useTranslation(TEXTS);
  const label = inLanguage(field.label, i18n.language);
  const purpose = inLanguage(field.purpose, i18n.language);
  const hint = error ?? (field.editable ? purpose : `${purpose} ${t('not_yours')}`);
  if (field.kind === 'boolean') {
    return (
      <Stack>
        <FormControlLabel
          sx={{ ml: 0, gap: 1.5 }}
          control={
            <Switch checked={value === true} disabled={!field.editable} onChange={(_, on) => onChange(on)} />
          }
          label={label}
        />
        <FormHelperText error={error !== undefined}>{hint}</FormHelperText>
      </Stack>
    );
  }
  const type = { number: 'number', date: 'date' }[field.kind as string] ?? 'text';
  return (
    <TextField
      label={label}
      type={type}
      value={value === null ? '' : String(value)}
      disabled={!field.editable}
      error={error !== undefined}
      helperText={hint}
      {...(field.kind === 'choice' ? { select: true } : {})}
      {...(field.kind === 'long_text' ? { multiline: true, minRows: 3 } : {})}
      slotProps={{
        htmlInput: { maxLength: field.max_length, ...(type === 'number' ? { step: 'any' } : {}) },
        ...(type === 'date' ? { inputLabel: { shrink: true } } : {}),
      }}
      onChange={({ target }) => onChange(type === 'number' ? readNumber(target.value) : target.value || null)}
    >
      {field.kind === 'choice' && [
        <MenuItem key="" value="">
          {t('no_choice')}
        </MenuItem>,
        ...field.choices.map((choice) => (
          <MenuItem key={choice.value} value={choice.value}>
            {inLanguage(choice.label, i18n.language)}
          </MenuItem>
        )),
      ]}
    </TextField>
  );
}
