import { TextField } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Expected } from './Expected.tsx';
import type { InputProps } from './input.ts';

/** A word or a few. */
export function TextInput({ answer, feedback, disabled, labelId, onAnswer }: InputProps): ReactNode {
  const { t } = useTranslation('assessments');
  const [text, setText] = useState(answer?.text ?? '');
  return (
    <>
      <TextField
        fullWidth
        value={text}
        placeholder={t('text.placeholder')}
        onChange={({ target }) => {
          setText(target.value);
          onAnswer({ text: target.value });
        }}
        slotProps={{ htmlInput: { readOnly: disabled, 'aria-labelledby': labelId, maxLength: 500, autoComplete: 'off', autoCapitalize: 'off', spellCheck: false } }}
      />
      <Expected feedback={feedback} text={feedback?.expected?.text} />
    </>
  );
}
