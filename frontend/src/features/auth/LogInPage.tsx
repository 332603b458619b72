import { Alert, Button, Link, Stack } from '@mui/material';
import { useProblemMessage, useSite } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useLogInMutation } from '../../api/index.ts';
import { nextPath } from '../../app/session/guards.ts';
import { openSession } from '../../app/session/session.ts';
import { Field } from '../../design/components/Field.tsx';
import { AuthLayout } from './AuthLayout.tsx';
import { PasswordField } from './PasswordField.tsx';

/** Signing in with e-mail and password. */
export default function LogInPage(): ReactNode {
  const { t } = useTranslation();
  const site = useSite();
  const message = useProblemMessage();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [logIn, { isLoading, error }] = useLogInMutation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const answer = await logIn({ email, password });
    if (answer.data === undefined) return;
    await openSession(answer.data);
    await navigate(nextPath(search), { replace: true });
  };
  const signUp = `/sign-up${search.size > 0 ? `?${search.toString()}` : ''}`;
  return (
    <AuthLayout
      title={t('auth.log_in_title')}
      lead={
        site?.sign_up === 'closed' ? (
          t('auth.log_in_lead_closed')
        ) : (
          <>
            {t('auth.new_here')} <Link href={signUp}>{t('auth.sign_up')}</Link>
          </>
        )
      }
    >
      <Stack component="form" onSubmit={(event) => void submit(event)} sx={{ gap: 2.5 }}>
        {error !== undefined && <Alert severity="error">{message(error)}</Alert>}
        <Field
          label={t('auth.email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <PasswordField
          label={t('auth.password')}
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" variant="contained" size="large" loading={isLoading}>
          {t('auth.log_in')}
        </Button>
      </Stack>
    </AuthLayout>
  );
}
