import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../design/components/Field.tsx';

interface CodeFieldProps {
  readonly value: string;
  readonly error?: string | undefined;
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean;
}

/** A field for the six digits of an authenticator app. */
export function CodeField({ value, error, onChange, autoFocus = false }: CodeFieldProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Field
      label={t('auth.code')}
      name="code"
      required
      value={value}
      autoFocus={autoFocus}
      autoComplete="one-time-code"
      inputProps={{ inputMode: 'numeric', maxLength: 8, pattern: '[0-9 ]{6,8}' }}
      error={error !== undefined}
      helperText={error ?? t('auth.code_hint')}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
