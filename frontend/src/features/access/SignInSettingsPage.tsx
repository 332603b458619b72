import { ErrorState, LoadingState, Page, PageHeader, useUser } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetSignInSettingsQuery } from '../../api/console/index.ts';
import { useGetSecurityQuery } from '../../api/index.ts';
import { ProofProvider } from '../security/ProofProvider.tsx';
import { SignInForm } from './SignInForm.tsx';
import '../security/texts.ts';
import './texts.ts';

/** How people come in to the site. */
export default function SignInSettingsPage(): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const settings = useGetSignInSettingsQuery();
  const security = useGetSecurityQuery(undefined, { skip: user === null });
  const error = settings.error ?? security.error;
  return (
    <Page title={t('access:sign_in')} maxWidth="md">
      <PageHeader title={t('access:sign_in')} description={t('access:sign_in_lead')} />
      {!(settings.data && security.data) && error === undefined && <LoadingState lines={4} height={120} />}
      {!(settings.data && security.data) && error !== undefined && <ErrorState error={error} onRetry={() => void settings.refetch()} />}
      {settings.data !== undefined && security.data !== undefined && (
        <ProofProvider security={security.data}>
          <SignInForm settings={settings.data} />
        </ProofProvider>
      )}
    </Page>
  );
}
