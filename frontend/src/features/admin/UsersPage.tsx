import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';

/** The UsersPage. */
export default function UsersPage(): ReactNode {
  return (
    <Page title="UsersPage">
      <PageHeader title="UsersPage" />
    </Page>
  );
}
