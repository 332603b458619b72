import { InputAdornment, TextField } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseNumber } from '../answers.ts';
import { Expected } from './Expected.tsx';
import type { InputProps } from './input.ts';

const EXACT = { maximumFractionDigits: 12 } as const;

/** A number, written as people of the user's language write it; what was understood stands below. */
export function NumberInput({ item, answer, feedback, disabled, labelId, onAnswer }: InputProps): ReactNode {
  const { t, i18n } = useTranslation('assessments');
  const format = useFormat();
  const help = useId();
  const withUnit = (value: number): string => [format.number(value, EXACT), item.unit].filter(Boolean).join(' ');
  const [text, setText] = useState(answer?.value === undefined ? '' : format.number(answer.value, EXACT));
  const value = parseNumber(text, i18n.language);
  const wrong = text.trim() !== '' && Number.isNaN(value);
  const understood = Number.isNaN(value) ? t('number.help') : t('number.understood', { value: withUnit(value) });
  const expected = feedback?.expected?.value;
  return (
    <>
      <TextField
        value={text}
        error={wrong}
        helperText={disabled ? undefined : wrong ? t('number.wrong') : understood}
        onChange={({ target }) => {
          setText(target.value);
          const next = parseNumber(target.value, i18n.language);
          if (!Number.isNaN(next)) onAnswer({ value: next });
        }}
        sx={{ width: 'min(100%, 320px)' }}
        slotProps={{
          htmlInput: { readOnly: disabled, 'aria-labelledby': labelId, 'aria-describedby': help, inputMode: 'decimal', autoComplete: 'off', maxLength: 40 },
          formHelperText: { id: help, role: 'status' },
          input: item.unit === undefined ? {} : { endAdornment: <InputAdornment position="end">{item.unit}</InputAdornment> },
        }}
      />
      <Expected feedback={feedback} text={expected === undefined ? undefined : withUnit(expected)} />
    </>
  );
}
