import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';

/** The SettingsPage. */
export default function SettingsPage(): ReactNode {
  return (
    <Page title="SettingsPage">
      <PageHeader title="SettingsPage" />
    </Page>
  );
}
