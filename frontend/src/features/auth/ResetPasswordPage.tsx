import { Alert, Button, Link, Stack } from '@mui/material';
import { fieldError, isApiProblem, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useResetPasswordMutation } from '../../api/index.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { PasswordField } from './PasswordField.tsx';
import { SHORTEST_PASSWORD, passwordHelp } from './passwords.ts';

/** Choosing a new password by a mailed link; what proves it stands after `#`, which no server log sees. */
export default function ResetPasswordPage(): ReactNode {
  const { t } = useTranslation();
  const message = useProblemMessage();
  const token = useLocation().hash.slice(1);
  const [reset, { isLoading, error, isSuccess }] = useResetPasswordMutation();
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void reset({ token, password });
  };
  if (isSuccess) {
    return (
      <AuthLayout title={t('auth.reset_done')} lead={t('auth.reset_done_lead')}>
        <Button variant="contained" size="large" href="/log-in">
          {t('auth.to_log_in')}
        </Button>
      </AuthLayout>
    );
  }
  const problem = fieldError(error, 'password');
  const over = isApiProblem(error) && (error.code === 'link_over' || fieldError(error, 'token') !== undefined);
  return (
    <AuthLayout title={t('auth.reset_title')} lead={t('auth.reset_lead')}>
      <Stack component="form" onSubmit={submit} sx={{ gap: 2.5 }}>
        {error !== undefined && problem === undefined && (
          <Alert severity="error">
            {over ? t('problems.link_over') : message(error)}{' '}
            {over && <Link href="/forgot-password">{t('auth.new_link')}</Link>}
          </Alert>
        )}
        <PasswordField
          label={t('auth.new_password')}
          name="password"
          autoComplete="new-password"
          required
          value={password}
          error={problem !== undefined}
          helperText={passwordHelp(password, problem, t('auth.password_hint', { count: SHORTEST_PASSWORD }))}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" variant="contained" size="large" loading={isLoading}>
          {t('auth.reset_button')}
        </Button>
      </Stack>
    </AuthLayout>
  );
}
