import { Box, Tab, Tabs } from '@mui/material';
import { ErrorState, LoadingState, Page, PageHeader } from '@questline/ui-sdk';
import { type ReactNode, Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetSecurityQuery } from '../../api/index.ts';
import { useAddressParams } from '../../app/addressParams.ts';
import { ProofProvider } from '../security/ProofProvider.tsx';
import '../security/texts.ts';
import { TEXTS } from './texts.ts';

const PARTS = {
  requests: lazy(() => import('./RequestsPart.tsx')),
  holds: lazy(() => import('./HoldsPart.tsx')),
  parents: lazy(() => import('./ParentsPart.tsx')),
  documents: lazy(() => import('./DocumentsPart.tsx')),
  retention: lazy(() => import('./RetentionPart.tsx')),
  register: lazy(() => import('./RegisterPart.tsx')),
} as const;
type PartName = keyof typeof PARTS;
const NAMES = Object.keys(PARTS) as PartName[];

/** Everything that those who answer for privacy look at. */
export default function PrivacyConsolePage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { params, change } = useAddressParams();
  const { data, error, refetch } = useGetSecurityQuery();
  const part = NAMES.find((each) => each === params.get('part')) ?? 'requests';
  const Part = PARTS[part];
  return (
    <Page title={t('admin')}>
      <PageHeader title={t('admin')} description={t('admin_lead')} />
      <Tabs
        value={part}
        onChange={(_, next: PartName) => change('part', next === 'requests' ? '' : next)}
        variant="scrollable"
        allowScrollButtonsMobile
        aria-label={t('tabs')}
        sx={{ mb: 3 }}
      >
        {NAMES.map((each) => (
          <Tab key={each} value={each} id={`privacy-tab-${each}`} aria-controls="privacy-part" label={t(`tab_${each}`)} />
        ))}
      </Tabs>
      {error !== undefined && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      <Box role="tabpanel" id="privacy-part" aria-labelledby={`privacy-tab-${part}`}>
        {data !== undefined && (
          <ProofProvider security={data}>
            <Suspense fallback={<LoadingState lines={4} height={90} />}>
              <Part />
            </Suspense>
          </ProofProvider>
        )}
      </Box>
    </Page>
  );
}
