import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, esmExternalRequirePlugin, searchForWorkspaceRoot } from 'vite';
import { checkContributions } from './contributions.js';
import { devPlugins } from './dev/index.js';
import { devSession } from './dev/session.js';
import { pluginManifest } from './manifest.js';
import { muiDeepImports } from './mui.js';
import { SHARED_MODULES } from './hostModules.js';

/**
 * @typedef {object} QuestlinePluginOptions
 * @property {string} id The plugin's id, as in its `plugin.toml`.
 * @property {import('@questline/ui-sdk').Contributions} contributions What the plugin adds to the user interface.
 * @property {string} [entry] The module that exports `definePlugin(...)`; `src/index.tsx` when left out.
 * @property {string} [outDir] Where the result goes; the plugin's Python package when left out.
 */

const ID = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/u;
const CONDITIONS = ['questline-source', ...defaultClientConditions];
const KIT = fileURLToPath(new URL('.', import.meta.url));
const TEST_SETUP = fileURLToPath(new URL('test-setup.js', import.meta.url));

/** @param {string} text */
function escapeRegExp(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}

/**
 * Sets Vite up for a plugin: an app build of its entry, with everything that the host shares left out.
 *
 * @param {QuestlinePluginOptions} options
 * @returns {import('vite').Plugin}
 */
function buildSettings({ id, entry = 'src/index.tsx', outDir }) {
  const pythonPackage = `../src/questline_${id}/ui_dist`;
  return {
    name: 'questline:plugin',
    config: (_config, { command }) => ({
      ...(command === 'build' && { base: './' }),
      publicDir: false,
      resolve: { conditions: CONDITIONS },
      ssr: { resolve: { conditions: CONDITIONS } },
      build: {
        target: 'es2023',
        outDir: outDir ?? pythonPackage,
        emptyOutDir: true,
        sourcemap: false,
        modulePreload: { polyfill: false },
        rolldownOptions: {
          input: { index: entry },
          preserveEntrySignatures: 'exports-only',
          output: {
            entryFileNames: '[name]-[hash].js',
            chunkFileNames: '[name]-[hash].js',
            assetFileNames: '[name]-[hash][extname]',
          },
        },
      },
      // A plugin may lie outside the checkout that its kit is linked from.
      server: { fs: { allow: [searchForWorkspaceRoot(process.cwd()), searchForWorkspaceRoot(KIT)] } },
      ...(command === 'serve' && { test: { environment: 'jsdom', setupFiles: [TEST_SETUP] } }),
    }),
  };
}

/**
 * The build kit of a plugin's user interface: the one plugin its `vite.config.ts` needs.
 *
 * @param {QuestlinePluginOptions} options
 * @returns {import('vite').PluginOption[]}
 */
export function questlinePlugin(options) {
  if (!ID.test(options.id)) throw new Error(`"${options.id}" is not a plugin id: lower case letters, digits and underscores.`);
  checkContributions(options.contributions);
  const external = Object.keys(SHARED_MODULES).map((name) => new RegExp(`^${escapeRegExp(name)}$`, 'u'));
  const session = devSession();
  return [
    ...(session === undefined ? [react()] : devPlugins(options, session)),
    buildSettings(options),
    muiDeepImports(session === undefined ? 'build' : 'serve'),
    Object.assign(esmExternalRequirePlugin({ external }), { apply: 'build' }),
    pluginManifest(options),
  ];
}
