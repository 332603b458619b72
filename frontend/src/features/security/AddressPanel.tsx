import { Alert, Button, Stack, Typography } from '@mui/material';
import { useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Security, useChangeEmailMutation, useSendEmailVerificationMutation } from '../../api/index.ts';
import { Field } from '../../design/components/Field.tsx';
import { useWithProof } from './ProofProvider.tsx';
import { SecurityPanel } from './SecurityPanel.tsx';

interface PanelProps {
  readonly security: Security;
}

/** The e-mail address: confirmed or not, and changed by a link to the new one. */
export function AddressPanel({ security }: PanelProps): ReactNode {
  const { t } = useTranslation();
  const notify = useNotify();
  const message = useProblemMessage();
  const withProof = useWithProof();
  const [verify, { isLoading: isSending }] = useSendEmailVerificationMutation();
  const [change, { isLoading }] = useChangeEmailMutation();
  const [email, setEmail] = useState('');
  const tell = (error: unknown, done: string): void =>
    notify(error === undefined ? { message: done, severity: 'success' } : { message: message(error), severity: 'error' });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data, error } = await withProof(() => change({ email }));
    if (data === undefined && error === undefined) return;
    tell(error, t('security:address_sent', { email }));
    if (data !== undefined) setEmail('');
  };
  return (
    <SecurityPanel
      title={t('security:address')}
      lead={t('security:address_lead')}
      state={{
        label: t(security.email_verified ? 'security:verified' : 'security:not_verified'),
        good: security.email_verified,
      }}
    >
      <Stack sx={{ gap: 2.5, maxWidth: 440 }}>
        <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{security.email}</Typography>
        {!security.sends_mail && <Alert severity="info">{t('auth.no_mail')}</Alert>}
        {!security.email_verified && (
          <Button
            variant="outlined"
            loading={isSending}
            sx={{ alignSelf: 'flex-start' }}
            onClick={() =>
              void verify().then(({ error }) => tell(error, t('security:address_sent', { email: security.email })))
            }
          >
            {t('security:verify')}
          </Button>
        )}
        <Stack component="form" onSubmit={(event) => void submit(event)} sx={{ gap: 2 }}>
          <Field
            label={t('security:new_address')}
            type="email"
            autoComplete="email"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <Button type="submit" variant="outlined" loading={isLoading} sx={{ alignSelf: 'flex-start' }}>
            {t('security:change_address')}
          </Button>
        </Stack>
      </Stack>
    </SecurityPanel>
  );
}
