import { Alert, Stack } from '@mui/material';
import { ErrorState, LoadingState, Page, PageHeader, useCan } from '@questline/ui-sdk';
import { type ReactNode, Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetSecurityQuery } from '../../api/index.ts';
import { mustEnrol } from '../../app/session/tokens.ts';
import { AccountsPanel } from '../elsewhere/AccountsPanel.tsx';
import { PasswordSettings } from '../settings/PasswordSettings.tsx';
import { AddressPanel } from './AddressPanel.tsx';
import { AppPanel } from './AppPanel.tsx';
import { PasskeysPanel } from './PasskeysPanel.tsx';
import { ProofProvider } from './ProofProvider.tsx';
import { RecoveryPanel } from './RecoveryPanel.tsx';
import { SessionsPanel } from './SessionsPanel.tsx';
import './texts.ts';

const OwnKeysPanel = lazy(() => import('../keys/OwnKeysPanel.tsx'));

/** How one's own account is protected: the address, the password, second factors, and where it is open. */
export default function SecurityPage(): ReactNode {
  const { t } = useTranslation();
  const can = useCan();
  const { data, error, refetch } = useGetSecurityQuery();
  return (
    <Page title={t('security:title')} maxWidth="md">
      <PageHeader title={t('security:title')} description={t('security:lead')} />
      {data === undefined && error === undefined && <LoadingState lines={4} height={140} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <ProofProvider security={data}>
          <Stack sx={{ gap: 3 }}>
            {mustEnrol() && <Alert severity="warning">{t('security:must_enrol')}</Alert>}
            <AppPanel security={data} />
            <PasskeysPanel security={data} />
            {(data.app_since !== null || data.passkeys.length > 0) && <RecoveryPanel security={data} />}
            <AccountsPanel />
            <SessionsPanel />
            {can('identity.keys.manage') && (
              <Suspense fallback={<LoadingState lines={2} height={56} />}>
                <OwnKeysPanel />
              </Suspense>
            )}
            <AddressPanel security={data} />
            {data.has_password && <PasswordSettings />}
          </Stack>
        </ProofProvider>
      )}
    </Page>
  );
}
