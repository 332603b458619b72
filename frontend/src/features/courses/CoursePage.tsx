import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';

/** The CoursePage. */
export default function CoursePage(): ReactNode {
  return (
    <Page title="CoursePage">
      <PageHeader title="CoursePage" />
    </Page>
  );
}
