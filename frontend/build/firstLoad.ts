import react from '@vitejs/plugin-react';
import { type Rolldown, build } from 'vite';

/** The modules that the first page needs, in the order in which they are needed. */
export interface FirstLoad {
  /** What runs before any page: framework, session, router, theme. */
  readonly start: ReadonlySet<string>;
  /** What the frame around the pages adds. */
  readonly shell: ReadonlySet<string>;
}

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
  const of = (suffix: string): Set<string> => {
    const chunk = list.find(({ facadeModuleId }) => facadeModuleId?.endsWith(suffix));
    if (chunk === undefined) throw new Error(`The trial build has no chunk for ${suffix}.`);
    return closure(chunk, chunks);
  };
  const start = of('/index.html');
  return { start, shell: new Set([...of('/features/shell/AppShell.tsx')].filter((id) => !start.has(id))) };
}
