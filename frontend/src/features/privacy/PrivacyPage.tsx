import { Alert, Stack } from '@mui/material';
import { ErrorState, LoadingState, Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetSecurityQuery } from '../../api/index.ts';
import { ProofProvider } from '../security/ProofProvider.tsx';
import '../security/texts.ts';
import { useGetMyPrivacyQuery } from './api.ts';
import { ArchivePanel } from './ArchivePanel.tsx';
import { ConsentsPanel } from './ConsentsPanel.tsx';
import { ErasurePanel } from './ErasurePanel.tsx';
import { SellingPanel } from './SellingPanel.tsx';
import { TEXTS } from './texts.ts';

const POLL_MS = 1500;

/** What the site keeps of the person, what they agreed to, and the way out. */
export default function PrivacyPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const security = useGetSecurityQuery();
  const first = useGetMyPrivacyQuery();
  const busy = first.data?.requests.some(({ kind, state }) => state === 'running' || (kind === 'export' && state === 'waiting'));
  useGetMyPrivacyQuery(undefined, { pollingInterval: busy === true ? POLL_MS : 0 });
  const error = first.error ?? security.error;
  const mine = first.data;
  return (
    <Page title={t('title')} maxWidth="md">
      <PageHeader title={t('title')} description={t('lead')} />
      {(mine === undefined || security.data === undefined) && error === undefined && <LoadingState lines={4} height={140} />}
      {mine === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void first.refetch()} />}
      {mine !== undefined && security.data !== undefined && (
        <ProofProvider security={security.data}>
          <Stack sx={{ gap: 3 }}>
            {mine.minors && <Alert severity="info">{t('minors')}</Alert>}
            <ArchivePanel mine={mine} />
            {(mine.consents.length > 0 || mine.history.length > 0) && <ConsentsPanel mine={mine} />}
            <SellingPanel mine={mine} />
            <ErasurePanel mine={mine} />
            {mine.contact !== '' && <Alert severity="info">{t('contact', { contact: mine.contact })}</Alert>}
          </Stack>
        </ProofProvider>
      )}
    </Page>
  );
}
