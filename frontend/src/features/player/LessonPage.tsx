import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';

/** The LessonPage. */
export default function LessonPage(): ReactNode {
  return (
    <Page title="LessonPage">
      <PageHeader title="LessonPage" />
    </Page>
  );
}
