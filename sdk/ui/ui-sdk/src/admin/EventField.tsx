import { MenuItem, TextField, Typography } from '@mui/material';
import type { TFunction } from 'i18next';
import { type ReactNode, useState } from 'react';
import { type EventType, eventName } from './events.ts';

const OTHER = 'other';

interface EventFieldProps {
  /** The plugin's texts, from `adminTexts`. */
  readonly t: TFunction;
  readonly label: string;
  readonly value: string;
  readonly types: readonly EventType[];
  /** What is wrong with it, in words. */
  readonly error: string | undefined;
  readonly onChange: (type: string) => void;
}

/** Chooses an event by what it is called; any other may be named by its type. */
export function EventField({ t, label, value, types, error, onChange }: EventFieldProps): ReactNode {
  const known = types.some(({ type }) => type === value);
  const [other, setOther] = useState(value !== '' && !known);
  return (
    <>
      <TextField
        select
        fullWidth
        required
        name={other ? undefined : 'event'}
        label={label}
        value={other ? OTHER : value}
        error={!other && error !== undefined}
        helperText={other ? undefined : error}
        onChange={(event) => {
          setOther(event.target.value === OTHER);
          onChange(event.target.value === OTHER ? '' : event.target.value);
        }}
      >
        {types.map(({ type }) => (
          <MenuItem key={type} value={type}>
            {eventName(t, type)}
          </MenuItem>
        ))}
        <MenuItem value={OTHER}>
          <Typography color="textSecondary">{t('admin.event_other')}</Typography>
        </MenuItem>
      </TextField>
      {other && (
        <TextField
          fullWidth
          required
          name="event"
          label={t('admin.event_type')}
          value={value}
          error={error !== undefined}
          helperText={error ?? t('admin.event_hint')}
          slotProps={{ htmlInput: { spellCheck: false, autoCapitalize: 'none', maxLength: 120 } }}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </>
  );
}
