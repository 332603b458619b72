import { EmptyState, ErrorState, LoadingState } from '@questline/ui-sdk';
import type { ReactNode } from 'react';

interface FetchedProps<Data> {
  readonly query: { readonly data?: Data | undefined; readonly error?: unknown; readonly refetch: () => unknown };
  /** Whether there is nothing in what was fetched. */
  readonly isEmpty?: (data: Data) => boolean;
  readonly none?: string;
  readonly noneDetail?: string;
  readonly children: (data: Data) => ReactNode;
}

/** What a query fetched; until then that it is on its way, and else what went wrong or that there is nothing. */
export function Fetched<Data>({ query, isEmpty, none = '', noneDetail, children }: FetchedProps<Data>): ReactNode {
  const { data, error, refetch } = query;
  if (data === undefined) return error === undefined ? <LoadingState lines={4} /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  return isEmpty?.(data) === true ? <EmptyState role="status" title={none} description={noneDetail} /> : children(data);
}
