import { Alert, Button, Link, Stack } from '@mui/material';
import { fieldError, isApiProblem, useProblemMessage, useSite } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useSignUpMutation } from '../../api/index.ts';
import { nextPath } from '../../app/session/guards.ts';
import { openSession } from '../../app/session/session.ts';
import { Field } from '../../design/components/Field.tsx';
import { AuthLayout } from './AuthLayout.tsx';
import { PasswordField } from './PasswordField.tsx';
import { SHORTEST_PASSWORD, passwordHelp } from './passwords.ts';

function SignUpForm(): ReactNode {
  const { t, i18n } = useTranslation();
  const message = useProblemMessage();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [signUp, { isLoading, error }] = useSignUpMutation();
  const [fields, setFields] = useState({ display_name: '', email: '', password: '' });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const answer = await signUp({ ...fields, locale: i18n.language, time_zone });
    if (answer.data === undefined) return;
    await openSession(answer.data);
    await navigate(nextPath(search), { replace: true });
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
      <Field {...field('email')} label={t('auth.email')} type="email" autoComplete="username" />
      <PasswordField
        {...field('password')}
        helperText={passwordHelp(fields.password, fieldError(error, 'password'), rule)}
        label={t('auth.password')}
        autoComplete="new-password"
      />
      <Button type="submit" variant="contained" size="large" loading={isLoading}>
        {t('auth.sign_up_button')}
      </Button>
    </Stack>
  );
}

/** Opening an account, where the site lets anybody do so. */
export default function SignUpPage(): ReactNode {
  const { t } = useTranslation();
  const site = useSite();
  const closed = site?.sign_up === 'closed';
  return (
    <AuthLayout
      title={t('auth.sign_up_title')}
      lead={
        <>
          {t('auth.known_here')} <Link href="/log-in">{t('auth.log_in')}</Link>
        </>
      }
    >
      {closed ? <Alert severity="info">{t('auth.sign_up_closed')}</Alert> : <SignUpForm />}
    </AuthLayout>
  );
}
