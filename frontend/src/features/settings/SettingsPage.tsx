import { Stack } from '@mui/material';
import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AppearanceSettings } from './AppearanceSettings.tsx';
import { PasswordSettings } from './PasswordSettings.tsx';

/** How the site looks on this device, and the password. */
export default function SettingsPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <Page title={t('settings.title')} maxWidth="md">
      <PageHeader title={t('settings.title')} />
      <Stack sx={{ gap: 3 }}>
        <AppearanceSettings />
        <PasswordSettings />
      </Stack>
    </Page>
  );
}
