import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** Bytes of JavaScript, gzip, that a first page may need. */
const LIMIT = 250_000;

const FIRST_PAGES: Readonly<Record<string, readonly string[]>> = {
  visitor: ['/features/auth/LogInPage.tsx'],
  user: ['/features/shell/AppShell.tsx', '/features/dashboard/DashboardPage.tsx'],
};

/** Measures what the first page of visitors and of users needs, writes first-load.json and warns above the limit. */
export function firstLoadBudget(): Plugin {
  return {
    name: 'questline:first-load-budget',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const list = Object.values(bundle).filter((file): file is Rolldown.OutputChunk => file.type === 'chunk');
        const chunks = new Map(list.map((chunk) => [chunk.fileName, chunk]));
        const sizes: Record<string, { readonly files: number; readonly bytes: number }> = {};
        for (const [who, pages] of Object.entries(FIRST_PAGES)) {
          const roots = ['/index.html', ...pages].map((page) =>
            list.find(({ facadeModuleId }) => facadeModuleId?.endsWith(page)),
          );
          const needed = new Set(roots.map((chunk) => chunk?.fileName ?? ''));
          for (const fileName of needed) for (const next of chunks.get(fileName)?.imports ?? []) needed.add(next);
          const bytes = [...needed].reduce((sum, name) => sum + gzipSync(chunks.get(name)?.code ?? '').length, 0);
          sizes[who] = { files: needed.size, bytes };
          this.info(`first load of a ${who}: ${(bytes / 1000).toFixed(1)} kB gzip in ${needed.size} files`);
          if (bytes > LIMIT) this.warn(`The first load of a ${who} is over ${LIMIT / 1000} kB.`);
        }
        this.emitFile({ type: 'asset', fileName: 'first-load.json', source: JSON.stringify(sizes) });
      },
    },
  };
}
