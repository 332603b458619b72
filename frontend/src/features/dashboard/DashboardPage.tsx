import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';

/** The DashboardPage. */
export default function DashboardPage(): ReactNode {
  return (
    <Page title="DashboardPage">
      <PageHeader title="DashboardPage" />
    </Page>
  );
}
