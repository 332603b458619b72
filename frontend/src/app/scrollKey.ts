import type { Location } from 'react-router';

/** What the scroll position of a page is kept under: every page that was loaded as a whole has the key `default`. */
export function scrollKey({ key, pathname }: Pick<Location, 'key' | 'pathname'>): string {
  return key === 'default' ? pathname : key;
}
