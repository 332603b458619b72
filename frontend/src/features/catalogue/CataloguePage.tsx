import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';

/** The CataloguePage. */
export default function CataloguePage(): ReactNode {
  return (
    <Page title="CataloguePage">
      <PageHeader title="CataloguePage" />
    </Page>
  );
}
