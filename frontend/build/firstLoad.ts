import react from '@vitejs/plugin-react';
import { type Rolldown, build } from 'vite';

/** The modules that the first pages need. */
export interface FirstLoad {
  /** What runs before any page, and what visitors and users alike need for their first page. */
  readonly start: ReadonlySet<string>;
  /** What a visitor's first page adds: log in, sign up. */
  readonly visitor: ReadonlySet<string>;
  /** What a user's first page adds: the frame and the dashboard. */
  readonly user: ReadonlySet<string>;
}

const USER_PAGES = ['/features/shell/AppShell.tsx', '/features/dashboard/DashboardPage.tsx'];
const VISITOR_PAGES = ['/features/auth/LogInPage.tsx', '/features/auth/SignUpPage.tsx'];

function closure(entry: Rolldown.OutputChunk, chunks: ReadonlyMap<string, Rolldown.OutputChunk>): Set<string> {
  const seen = new Set<string>();
  const visit = (fileName: string): void => {
    if (seen.has(fileName)) return;
    seen.add(fileName);
    chunks.get(fileName)?.imports.forEach(visit);
  };
  visit(entry.fileName);
  const modules = [...seen].flatMap((fileName) => Object.entries(chunks.get(fileName)?.modules ?? {}));
  return new Set(modules.filter(([, { renderedLength }]) => renderedLength > 0).map(([id]) => id));
}

/**
 * Finds out what the first load needs by a trial build without the facades.
 *
 * The facades use every export of every shared package, so that in the real build no module looks unneeded at the start.
 */
export async function findFirstLoad(root: string, conditions: string[]): Promise<FirstLoad> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    resolve: { conditions },
    build: { write: false, minify: false, modulePreload: false, reportCompressedSize: false },
  });
  const { output } = (Array.isArray(result) ? result[0] : result) as Rolldown.RolldownOutput;
  const list = output.filter((file) => file.type === 'chunk');
  const chunks = new Map(list.map((chunk) => [chunk.fileName, chunk]));
  const of = (...pages: readonly string[]): Set<string> =>
    new Set(
      pages.flatMap((page) => {
        const chunk = list.find(({ facadeModuleId }) => facadeModuleId?.endsWith(page));
        if (chunk === undefined) throw new Error(`The trial build has no chunk for ${page}.`);
        return [...closure(chunk, chunks)];
      }),
    );
  const roots = new Set([...USER_PAGES, ...VISITOR_PAGES].map((page) => `${root}/src${page}`));
  const user = of(...USER_PAGES);
  const visitor = of(...VISITOR_PAGES);
  const start = new Set([...of('/index.html'), ...[...user].filter((id) => visitor.has(id))]);
  const added = (modules: ReadonlySet<string>): Set<string> =>
    new Set([...modules].filter((id) => !start.has(id) && !roots.has(id)));
  return { start, visitor: added(visitor), user: added(user) };
}
