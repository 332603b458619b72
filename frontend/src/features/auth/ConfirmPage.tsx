import { Alert, Button, Stack } from '@mui/material';
import { useProblemMessage } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useConfirmEmailMutation, useConfirmSignUpMutation } from '../../api/index.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { useEntry } from './useEntry.ts';

interface ConfirmProps {
  readonly token: string;
}

/** Opens an account by its link. It takes a click, since mail scanners follow links. */
function ConfirmSignUp({ token }: ConfirmProps): ReactNode {
  const { t } = useTranslation();
  const message = useProblemMessage();
  const enter = useEntry();
  const [confirm, { isLoading, error }] = useConfirmSignUpMutation();
  const open = async (): Promise<void> => {
    const answer = await confirm({ token });
    if (answer.data !== undefined) await enter(answer.data);
  };
  return (
    <AuthLayout title={t('auth.confirm_sign_up_title')} lead={t('auth.confirm_sign_up_lead')}>
      <Stack sx={{ gap: 2.5 }}>
        {error !== undefined && <Alert severity="error">{message(error)}</Alert>}
        <Button variant="contained" size="large" loading={isLoading} onClick={() => void open()}>
          {t('auth.confirm_sign_up')}
        </Button>
      </Stack>
    </AuthLayout>
  );
}

function ConfirmEmail({ token }: ConfirmProps): ReactNode {
  const { t } = useTranslation();
  const message = useProblemMessage();
  const [confirm, { isLoading, error, data }] = useConfirmEmailMutation();
  return (
    <AuthLayout title={t('auth.confirm_email_title')} lead={t('auth.confirm_email_lead')}>
      <Stack sx={{ gap: 2.5 }}>
        {error !== undefined && <Alert severity="error">{message(error)}</Alert>}
        {data === undefined ? (
          <Button variant="contained" size="large" loading={isLoading} onClick={() => void confirm({ token })}>
            {t('auth.confirm_email')}
          </Button>
        ) : (
          <>
            <Alert severity="success">{t('auth.email_confirmed', { email: data.email })}</Alert>
            <Button variant="outlined" size="large" href="/">
              {t('auth.go_on')}
            </Button>
          </>
        )}
      </Stack>
    </AuthLayout>
  );
}

/** Where the links of confirmation mails lead: `#sign-up.<token>` or `#email.<token>`. */
export default function ConfirmPage(): ReactNode {
  const [kind, token = ''] = useLocation().hash.slice(1).split('.');
  return kind === 'sign-up' ? <ConfirmSignUp token={token} /> : <ConfirmEmail token={token} />;
}
