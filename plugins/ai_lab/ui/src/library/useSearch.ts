import { useDeferredValue } from 'react';
import { useSearchParams } from 'react-router';
import { SHELVES, SORTS, type Search } from './api.ts';

interface Searching {
  readonly search: Search;
  readonly change: (change: Partial<Search>) => void;
}

/** What is looked for, kept in the page's address. */
export function useSearch(): Searching {
  const [params, setParams] = useSearchParams();
  const search: Search = {
    shelf: SHELVES.find((each) => each === params.get('shelf')) ?? 'mine',
    sort: SORTS.find((each) => each === params.get('sort')) ?? 'newest',
    q: params.get('q') ?? '',
    tag: params.get('tag') ?? '',
  };
  const change = (changed: Partial<Search>): void => {
    const next = Object.entries({ ...search, ...changed }).filter(([name, value]) => value !== '' && value !== (name === 'shelf' ? 'mine' : 'newest'));
    setParams(Object.fromEntries(next), { replace: true });
  };
  return { search, change };
}

/** The search to send: words are sent when the typing pauses. */
export function useSettled(search: Search): Search {
  return { ...search, q: useDeferredValue(search.q) };
}
