import { Alert, Button, Link, Stack } from '@mui/material';
import { useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRequestPasswordResetMutation } from '../../api/index.ts';
import { Field } from '../../design/components/Field.tsx';
import { AuthLayout } from './AuthLayout.tsx';
import { MailSent } from './MailSent.tsx';

/** Asking for a link to choose a new password. */
export default function ForgotPasswordPage(): ReactNode {
  const { t } = useTranslation();
  const message = useProblemMessage();
  const [ask, { isLoading, error, data }] = useRequestPasswordResetMutation();
  const [email, setEmail] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void ask({ email });
  };
  if (data !== undefined) {
    return (
      <AuthLayout title={t('auth.check_mail')} lead={t('auth.reset_sent')}>
        <MailSent email={data.email} />
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      title={t('auth.forgot_title')}
      lead={
        <>
          {t('auth.forgot_lead')} <Link href="/log-in">{t('auth.log_in')}</Link>
        </>
      }
    >
      <Stack component="form" onSubmit={submit} sx={{ gap: 2.5 }}>
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
        <Button type="submit" variant="contained" size="large" loading={isLoading}>
          {t('auth.send_link')}
        </Button>
      </Stack>
    </AuthLayout>
  );
}
