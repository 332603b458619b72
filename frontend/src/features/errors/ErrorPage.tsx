import { ErrorState, Page } from '@questline/ui-sdk';
import type { ReactNode } from 'react';

/** Shown in place of a page that failed. */
export default function ErrorPage({ error }: { readonly error: unknown }): ReactNode {
  return (
    <Page title="Error">
      <ErrorState error={error} onRetry={() => location.reload()} />
    </Page>
  );
}
