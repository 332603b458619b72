import { Alert, Link } from '@mui/material';
import { useSite } from '@questline/ui-sdk';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AuthLayout } from './AuthLayout.tsx';
import { MailSent } from './MailSent.tsx';
import { SignUpForm } from './SignUpForm.tsx';

const SignInButtons = lazy(() => import('../elsewhere/SignInButtons.tsx'));

/** Opening an account, where the site lets people do so. */
export default function SignUpPage(): ReactNode {
  const { t } = useTranslation();
  const site = useSite();
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo !== null) {
    return (
      <AuthLayout title={t('auth.check_mail')} lead={t('auth.sign_up_sent')}>
        <MailSent email={sentTo} />
      </AuthLayout>
    );
  }
  const shut = site?.sign_up === 'closed' || site?.sign_up === 'invitation';
  return (
    <AuthLayout
      title={t('auth.sign_up_title')}
      lead={
        <>
          {t('auth.known_here')} <Link href="/log-in">{t('auth.log_in')}</Link>
        </>
      }
    >
      {shut ? (
        <Alert severity="info">{t(site.sign_up === 'closed' ? 'auth.sign_up_closed' : 'auth.sign_up_invitation')}</Alert>
      ) : (
        <SignUpForm onSent={setSentTo} />
      )}
      {site !== undefined && site.sign_in_with.length > 0 && (
        <Suspense fallback={null}>
          <SignInButtons offered={site.sign_in_with} />
        </Suspense>
      )}
    </AuthLayout>
  );
}
