import { useState } from 'react';

interface Paging {
  /** What to ask the server for. */
  readonly params: { readonly cursor?: string };
  readonly onBack: (() => void) | undefined;
  readonly onNext: (cursor: string) => void;
  readonly reset: () => void;
}

/** Pages one after another: the cursors of those before are kept, so that one can go back. */
export function usePaging(): Paging {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  return {
    params: cursor === undefined ? {} : { cursor },
    onBack: cursors.length === 0 ? undefined : () => setCursors(cursors.slice(0, -1)),
    onNext: (next) => setCursors([...cursors, next]),
    reset: () => setCursors([]),
  };
}
