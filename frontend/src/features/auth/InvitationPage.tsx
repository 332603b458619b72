import { Alert, Link } from '@mui/material';
import { LoadingState, useProblemMessage, useSite } from '@questline/ui-sdk';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useReadInvitationMutation } from '../../api/index.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { MailSent } from './MailSent.tsx';
import { SignUpForm } from './SignUpForm.tsx';

/** Where an invitation leads: an account for the address that was invited. */
export default function InvitationPage(): ReactNode {
  const { t } = useTranslation();
  const site = useSite();
  const message = useProblemMessage();
  const token = useLocation().hash.slice(1);
  const [read, { data, error }] = useReadInvitationMutation();
  const [sentTo, setSentTo] = useState<string | null>(null);
  useEffect(() => {
    void read({ token });
  }, [read, token]);
  const lead =
    data === undefined ? (
      <Link href="/log-in">{t('auth.to_log_in')}</Link>
    ) : (
      t('auth.invited_by', { inviter: data.inviter, site: site?.name ?? '' })
    );
  return (
    <AuthLayout title={t('auth.invitation_title')} lead={lead}>
      {error !== undefined && <Alert severity="error">{message(error)}</Alert>}
      {data === undefined && error === undefined && <LoadingState lines={3} height={56} />}
      {data !== undefined && sentTo === null && (
        <SignUpForm invitation={{ token, email: data.email }} onSent={setSentTo} />
      )}
      {sentTo !== null && <MailSent email={sentTo} />}
    </AuthLayout>
  );
}
