import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SDK_RANGE, SHARED_MODULES } from './hostModules.js';
import { collectTexts } from './texts.js';

/** @typedef {import('rolldown').OutputChunk & {viteMetadata?: {importedCss: Set<string>}}} Chunk */

/**
 * The names that a chunk imports from shared modules; `*` where it takes the whole module.
 *
 * @param {import('estree').Program} program
 * @returns {(readonly [string, string])[]}
 */
function sharedImports(program) {
  return program.body.flatMap((node) => {
    if (!('source' in node) || node.source === null || node.source === undefined) return [];
    const source = String(node.source.value);
    if (!(source in SHARED_MODULES)) return [];
    if (node.type === 'ExportAllDeclaration') return [/** @type {const} */ ([source, '*'])];
    return node.specifiers.map((specifier) => {
      if (specifier.type === 'ImportNamespaceSpecifier') return /** @type {const} */ ([source, '*']);
      if (specifier.type === 'ImportDefaultSpecifier') return /** @type {const} */ ([source, 'default']);
      const name = specifier.type === 'ImportSpecifier' ? specifier.imported : specifier.local;
      return /** @type {const} */ ([source, name.type === 'Identifier' ? name.name : String(name.value)]);
    });
  });
}

/**
 * The style sheets that must apply before the entry runs.
 *
 * @param {Chunk} entry
 * @param {ReadonlyMap<string, Chunk>} chunks
 */
function entryStyles(entry, chunks) {
  const seen = new Set([entry.fileName]);
  for (const fileName of seen) for (const next of chunks.get(fileName)?.imports ?? []) if (chunks.has(next)) seen.add(next);
  return [...seen].flatMap((fileName) => [...(chunks.get(fileName)?.viteMetadata?.importedCss ?? [])]);
}

/**
 * Writes `plugin.json`: what core must know about the user interface without running it.
 *
 * @param {import('./plugin.js').QuestlinePluginOptions} options
 * @returns {import('vite').Plugin}
 */
export function pluginManifest({ id, contributions }) {
  let root = process.cwd();
  return {
    name: 'questline:plugin-manifest',
    apply: 'build',
    enforce: 'post',
    configResolved: (config) => {
      root = config.root;
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const list = /** @type {Chunk[]} */ (Object.values(bundle).filter((file) => file.type === 'chunk'));
        const entry = list.find(({ isEntry }) => isEntry);
        if (entry === undefined || !entry.exports.includes('default')) {
          throw new Error('The entry module must export definePlugin(...) as its default.');
        }
        /** @type {Record<string, string[]>} */
        const imports = {};
        for (const chunk of list) {
          const program = /** @type {import('estree').Program} */ (/** @type {unknown} */ (this.parse(chunk.code)));
          for (const [source, name] of sharedImports(program)) {
            const names = (imports[source] ??= []);
            if (!names.includes(name)) names.push(name);
          }
        }
        for (const names of Object.values(imports)) names.sort();
        const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
        const manifest = {
          id,
          version,
          sdk: SDK_RANGE,
          entry: entry.fileName,
          integrity: `sha384-${createHash('sha384').update(entry.code).digest('base64')}`,
          css: entryStyles(entry, new Map(list.map((chunk) => [chunk.fileName, chunk]))),
          imports: Object.fromEntries(Object.entries(imports).toSorted(([left], [right]) => (left < right ? -1 : 1))),
          texts: await collectTexts(this.getModuleIds()),
          contributions,
        };
        this.emitFile({ type: 'asset', fileName: 'plugin.json', source: `${JSON.stringify(manifest, null, 2)}\n` });
      },
    },
  };
}
