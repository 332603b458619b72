import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';

/** The NotFoundPage. */
export default function NotFoundPage(): ReactNode {
  return (
    <Page title="NotFoundPage">
      <PageHeader title="NotFoundPage" />
    </Page>
  );
}
