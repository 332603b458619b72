import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';

/** The ProfilePage. */
export default function ProfilePage(): ReactNode {
  return (
    <Page title="ProfilePage">
      <PageHeader title="ProfilePage" />
    </Page>
  );
}
