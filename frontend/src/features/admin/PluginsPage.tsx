import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';

/** The PluginsPage. */
export default function PluginsPage(): ReactNode {
  return (
    <Page title="PluginsPage">
      <PageHeader title="PluginsPage" />
    </Page>
  );
}
