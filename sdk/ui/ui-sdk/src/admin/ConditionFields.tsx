import { Autocomplete, Box, FormControlLabel, MenuItem, Switch, TextField } from '@mui/material';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { type ConditionDraft, OPERATORS, type Operator } from './conditions.ts';

interface ConditionFieldsProps {
  /** The plugin's texts, from `adminTexts`. */
  readonly t: TFunction;
  readonly value: ConditionDraft | null;
  /** Fields that the event is known to have. */
  readonly fields: readonly string[];
  /** What is wrong with a part, in words. */
  readonly error: (part: 'condition_field' | 'condition_value') => string | undefined;
  readonly onChange: (value: ConditionDraft | null) => void;
}

/** Narrows an event down to those whose data meet a condition. */
export function ConditionFields({ t, value, fields, error, onChange }: ConditionFieldsProps): ReactNode {
  return (
    <Box>
      <FormControlLabel
        label={t('admin.condition')}
        sx={{ ml: 0, gap: 1.5 }}
        control={
          <Switch
            checked={value !== null}
            onChange={(event) => onChange(event.target.checked ? { field: fields[0] ?? '', op: 'eq', value: '' } : null)}
          />
        }
      />
      {value !== null && (
        <Box
          role="group"
          aria-label={t('admin.condition')}
          sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '1.2fr 1fr 1fr' }, gap: 2, mt: 1.5, alignItems: 'start' }}
        >
          <Autocomplete
            freeSolo
            disableClearable
            options={fields}
            inputValue={value.field}
            onInputChange={(_event, field) => onChange({ ...value, field })}
            renderInput={(props) => (
              <TextField
                {...props}
                required
                name="condition_field"
                label={t('admin.condition_field')}
                error={error('condition_field') !== undefined}
                helperText={error('condition_field') ?? (fields.length > 0 && t('admin.fields_hint', { fields: fields.join(', ') }))}
              />
            )}
          />
          <TextField
            select
            label={t('admin.comparison')}
            value={value.op}
            onChange={(event) => onChange({ ...value, op: event.target.value as Operator })}
          >
            {OPERATORS.map((op) => (
              <MenuItem key={op} value={op}>
                {t(`admin.op.${op}`)}
              </MenuItem>
            ))}
          </TextField>
          <TextField
            required
            name="condition_value"
            label={t(value.op === 'in' ? 'admin.condition_values' : 'admin.condition_value')}
            value={value.value}
            error={error('condition_value') !== undefined}
            helperText={error('condition_value') ?? t(value.op === 'in' ? 'admin.condition_values_hint' : 'admin.condition_value_hint')}
            onChange={(event) => onChange({ ...value, value: event.target.value })}
          />
        </Box>
      )}
    </Box>
  );
}
