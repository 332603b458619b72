import type { Rolldown } from 'vite';
import type { FirstLoad } from './firstLoad.ts';

const PACKAGE = /\/node_modules\//u;
const RUNTIME = /rolldown\/runtime/u;
const MUI = /\/node_modules\/(?:@mui|@emotion|@popperjs|react-transition-group)\//u;
const LOOK = /\/(?:ui-sdk\/src|frontend\/src\/(?:design\/(?!celebration)|api|app\/session))\//u;
/** Bytes of source below which parts of MUI are merged with their neighbours. */
const MERGE_BELOW = 40_000;

/** Puts the first load into few files, and keeps what only plugins and later pages need out of it. */
export function chunkGroups({ start, visitor, user }: FirstLoad): Rolldown.CodeSplittingGroup[] {
  return [
    { name: 'framework', test: (id) => RUNTIME.test(id) || (start.has(id) && PACKAGE.test(id)), priority: 6 },
    { name: 'start', test: (id) => start.has(id) || id.includes('vite/preload-helper'), priority: 5 },
    { name: 'user', test: (id) => user.has(id), priority: 4 },
    { name: 'visitor', test: (id) => visitor.has(id), priority: 3 },
    { name: 'mui', test: MUI, entriesAware: true, entriesAwareMergeThreshold: MERGE_BELOW, priority: 2 },
    { name: 'look', test: LOOK, priority: 1 },
  ];
}

/** One file for all packages: a development build is not small, and its property checks run across parts of MUI. */
export const DEVELOPMENT_GROUPS: Rolldown.CodeSplittingGroup[] = [
  { name: 'packages', test: (id) => RUNTIME.test(id) || PACKAGE.test(id) },
];
