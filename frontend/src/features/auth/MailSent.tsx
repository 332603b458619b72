import { Alert, Button, Stack, Typography } from '@mui/material';
import { useSite } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface MailSentProps {
  readonly email: string;
}

/** What to do now that a link is on its way, and where it is on a site that sends no mail. */
export function MailSent({ email }: MailSentProps): ReactNode {
  const { t } = useTranslation();
  const site = useSite();
  return (
    <Stack sx={{ gap: 2.5 }} role="status">
      <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{email}</Typography>
      {site?.sends_mail === false ? (
        <Alert severity="warning">{t('auth.no_mail')}</Alert>
      ) : (
        <Typography>{t('auth.look_in_spam')}</Typography>
      )}
      <Button variant="outlined" size="large" href="/log-in">
        {t('auth.to_log_in')}
      </Button>
    </Stack>
  );
}
