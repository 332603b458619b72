import { useState } from 'react';
import { type CourseCard, useListCatalogueQuery } from '../../api/index.ts';

const PAGE_SIZE = 24;

/** Pages of the catalogue put together, for "show more". */
export function useCatalogue(search: string, tag: string) {
  const [cursor, setCursor] = useState<string>();
  const [earlier, setEarlier] = useState<readonly CourseCard[]>([]);
  const question = `${search}\n${tag}`;
  const [asked, setAsked] = useState(question);
  if (asked !== question) {
    setAsked(question);
    setCursor(undefined);
    setEarlier([]);
  }
  const query = useListCatalogueQuery({
    ...(search === '' ? {} : { search }),
    ...(tag === '' ? {} : { tag }),
    ...(cursor === undefined ? {} : { cursor }),
    limit: PAGE_SIZE,
  });
  const page = query.currentData;
  const next = page?.next_cursor ?? null;
  const more = (): void => {
    if (page === undefined || next === null) return;
    setEarlier([...earlier, ...page.items]);
    setCursor(next);
  };
  return {
    ...query,
    courses: [...earlier, ...(page?.items ?? [])],
    known: page !== undefined || earlier.length > 0,
    next,
    more,
  };
}
