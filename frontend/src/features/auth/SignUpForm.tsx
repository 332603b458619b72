import { Alert, Button, Stack } from '@mui/material';
import { fieldError, isApiProblem, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignUpMutation } from '../../api/index.ts';
import { Field } from '../../design/components/Field.tsx';
import type { ConsentAnswer } from './consents.ts';
import { PasswordField } from './PasswordField.tsx';
import { SHORTEST_PASSWORD, passwordHelp } from './passwords.ts';
import { useEntry } from './useEntry.ts';

// Fetched with what only it needs, while people type; without it the site asks after the first log-in.
const SignUpConsents = lazy(() => import('../privacy/SignUpConsents.tsx'));

interface SignUpFormProps {
  /** The link of an invitation, and the address it is for. */
  readonly invitation?: { readonly token: string; readonly email: string };
  /** Called with the address that a link was sent to. */
  readonly onSent: (email: string) => void;
}

/** What opens an account: a name, an address, a password. */
export function SignUpForm({ invitation, onSent }: SignUpFormProps): ReactNode {
  const { t, i18n } = useTranslation();
  const message = useProblemMessage();
  const enter = useEntry();
  const [signUp, { isLoading, error }] = useSignUpMutation();
  const [fields, setFields] = useState({ display_name: '', email: invitation?.email ?? '', password: '' });
  const [consents, setConsents] = useState<readonly ConsentAnswer[]>([]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const token = invitation === undefined ? {} : { invitation: invitation.token };
    const { data } = await signUp({ ...fields, ...token, consents: [...consents], locale: i18n.language, time_zone });
    if (data === undefined) return;
    if ('access_token' in data) await enter(data);
    else onSent(data.email);
  };
  const rule = t('auth.password_hint', { count: SHORTEST_PASSWORD });
  const field = (name: keyof typeof fields) => ({
    name,
    required: true,
    value: fields[name],
    error: fieldError(error, name) !== undefined,
    helperText: fieldError(error, name),
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setFields({ ...fields, [name]: event.target.value }),
  });
  const general = isApiProblem(error) && error.errors.length === 0 ? message(error) : undefined;
  return (
    <Stack component="form" onSubmit={(event) => void submit(event)} sx={{ gap: 2.5 }}>
      {general !== undefined && <Alert severity="error">{general}</Alert>}
      <Field {...field('display_name')} label={t('auth.display_name')} autoComplete="name" />
      <Field
        {...field('email')}
        label={t('auth.email')}
        type="email"
        autoComplete="username"
        readOnly={invitation !== undefined}
      />
      <PasswordField
        {...field('password')}
        helperText={passwordHelp(fields.password, fieldError(error, 'password'), rule)}
        label={t('auth.password')}
        autoComplete="new-password"
      />
      <Suspense fallback={null}>
        <SignUpConsents refused={fieldError(error, 'consents') !== undefined} onChange={setConsents} />
      </Suspense>
      <Button type="submit" variant="contained" size="large" loading={isLoading}>
        {t('auth.sign_up_button')}
      </Button>
    </Stack>
  );
}
