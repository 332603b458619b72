import { createRequire } from 'node:module';
import { SHARED_MODULES } from '@questline/vite-plugin/shared';
import type { Plugin } from 'vite';

const PREFIX = 'virtual:questline-shared/';
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/u;
const require = createRequire(import.meta.url);

function commonJsFacade(name: string): string {
  const names = Object.keys(require(name) as object).filter((key) => IDENTIFIER.test(key) && key !== 'default');
  const source = JSON.stringify(name);
  return `import shared from ${source};\nexport default shared;\nexport const { ${names.join(', ')} } = shared;\n`;
}

function facade(name: string): string {
  const shared = SHARED_MODULES[name];
  if (shared === undefined) throw new Error(`${name} is not a shared module.`);
  if (shared.format === 'commonjs') return commonJsFacade(name);
  const source = JSON.stringify(name);
  const names = shared.names === undefined ? `export * from ${source};` : `export { ${shared.names.join(', ')} } from ${source};`;
  return shared.hasDefault === true ? `${names}\nexport { default } from ${source};\n` : `${names}\n`;
}

/** The id of a shared package's facade module. */
export function facadeId(name: string): string {
  return `\0${PREFIX}${name}`;
}

/** Adds one entry per shared package to the build: a module that gives the package's names to plugins. */
export function sharedFacades(): Plugin {
  return {
    name: 'questline:facades',
    apply: 'build',
    config: () => ({
      build: {
        rolldownOptions: {
          preserveEntrySignatures: 'exports-only',
          input: {
            main: 'index.html',
            ...Object.fromEntries(
              Object.keys(SHARED_MODULES).map((name) => [
                `shared-${name.replaceAll('@', '').replaceAll('/', '-')}`,
                PREFIX + name,
              ]),
            ),
          },
        },
      },
    }),
    resolveId: (source) => (source.startsWith(PREFIX) ? `\0${source}` : null),
    load: (id) => (id.startsWith(`\0${PREFIX}`) ? facade(id.slice(PREFIX.length + 1)) : null),
  };
}
