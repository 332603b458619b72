import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';

/** The PluginSettingsPage. */
export default function PluginSettingsPage(): ReactNode {
  return (
    <Page title="PluginSettingsPage">
      <PageHeader title="PluginSettingsPage" />
    </Page>
  );
}
