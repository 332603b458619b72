import type { Rolldown } from 'vite';
import type { FirstLoad } from './firstLoad.ts';

const PACKAGE = /\/node_modules\//u;
const MUI = /\/node_modules\/(?:@mui|@emotion|@popperjs|react-transition-group)\//u;
/** Bytes of source below which a group's parts are merged with their neighbours. */
const MERGE_BELOW = 20_000;

/** Puts the first load into few files, and keeps what only plugins and later pages need out of it. */
export function chunkGroups({ start, shell }: FirstLoad): Rolldown.CodeSplittingGroup[] {
  const inStart = (id: string): boolean => start.has(id) || id.includes('vite/preload-helper');
  return [
    { name: 'framework', test: (id) => start.has(id) && PACKAGE.test(id), priority: 5 },
    { name: 'start', test: (id) => inStart(id) && !PACKAGE.test(id), priority: 4 },
    { name: 'shell', test: (id) => shell.has(id), priority: 3 },
    { name: 'mui', test: MUI, entriesAware: true, entriesAwareMergeThreshold: MERGE_BELOW, priority: 2 },
  ];
}
