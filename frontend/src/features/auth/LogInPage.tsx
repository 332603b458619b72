import KeyRounded from '@mui/icons-material/KeyRounded';
import { Alert, Button, Link, Stack } from '@mui/material';
import { useProblemMessage, useSite } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type SecondFactorNeeded, useLogInMutation } from '../../api/index.ts';
import { Field } from '../../design/components/Field.tsx';
import { AuthLayout } from './AuthLayout.tsx';
import { PasswordField } from './PasswordField.tsx';
import { passkeysWork } from './passkeys.ts';
import { useEntry } from './useEntry.ts';
import { usePasskeyLogIn } from './usePasskeyLogIn.ts';

const SecondFactorStep = lazy(() => import('./SecondFactorStep.tsx'));
const SignInButtons = lazy(() => import('../elsewhere/SignInButtons.tsx'));

interface LogInFormProps {
  readonly onNeeded: (needed: SecondFactorNeeded) => void;
}

function LogInForm({ onNeeded }: LogInFormProps): ReactNode {
  const { t } = useTranslation();
  const message = useProblemMessage();
  const enter = useEntry();
  const [logIn, { isLoading, error }] = useLogInMutation();
  const passkey = usePasskeyLogIn(enter);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data } = await logIn({ email, password });
    if (data === undefined) return;
    if ('ticket' in data) onNeeded(data);
    else await enter(data);
  };
  const problem = error ?? passkey.error;
  return (
    <Stack component="form" onSubmit={(event) => void submit(event)} sx={{ gap: 2.5 }}>
      {problem !== undefined && <Alert severity="error">{message(problem)}</Alert>}
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
      <Link href="/forgot-password" sx={{ alignSelf: 'flex-end', mt: -1 }}>
        {t('auth.forgot')}
      </Link>
      <Button type="submit" variant="contained" size="large" loading={isLoading}>
        {t('auth.log_in')}
      </Button>
      {passkeysWork() && (
        <Button variant="outlined" size="large" startIcon={<KeyRounded />} onClick={() => void passkey.logIn()}>
          {t('auth.log_in_passkey')}
        </Button>
      )}
    </Stack>
  );
}

/** Signing in: e-mail and password, then the second factor of who has one; or a passkey alone. */
export default function LogInPage(): ReactNode {
  const { t } = useTranslation();
  const site = useSite();
  const [search] = useSearchParams();
  const [needed, setNeeded] = useState<SecondFactorNeeded | null>(null);
  const signUp = `/sign-up${search.size > 0 ? `?${search.toString()}` : ''}`;
  const lead =
    site?.sign_up === 'closed' || site?.sign_up === 'invitation' ? (
      t('auth.log_in_lead_closed')
    ) : (
      <>
        {t('auth.new_here')} <Link href={signUp}>{t('auth.sign_up')}</Link>
      </>
    );
  if (needed !== null) {
    return (
      <AuthLayout title={t('auth.second_factor_title')} lead={t('auth.second_factor_lead')}>
        <Suspense fallback={null}>
          <SecondFactorStep needed={needed} onBack={() => setNeeded(null)} />
        </Suspense>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout title={t('auth.log_in_title')} lead={lead}>
      <LogInForm onNeeded={setNeeded} />
      {site !== undefined && site.sign_in_with.length > 0 && (
        <Suspense fallback={null}>
          <SignInButtons offered={site.sign_in_with} />
        </Suspense>
      )}
    </AuthLayout>
  );
}
