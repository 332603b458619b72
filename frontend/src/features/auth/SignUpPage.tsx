import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';

/** The SignUpPage. */
export default function SignUpPage(): ReactNode {
  return (
    <Page title="SignUpPage">
      <PageHeader title="SignUpPage" />
    </Page>
  );
}
