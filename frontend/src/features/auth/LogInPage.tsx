import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';

/** The LogInPage. */
export default function LogInPage(): ReactNode {
  return (
    <Page title="LogInPage">
      <PageHeader title="LogInPage" />
    </Page>
  );
}
