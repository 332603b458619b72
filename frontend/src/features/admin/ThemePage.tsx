import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';

/** The ThemePage. */
export default function ThemePage(): ReactNode {
  return (
    <Page title="ThemePage">
      <PageHeader title="ThemePage" />
    </Page>
  );
}
