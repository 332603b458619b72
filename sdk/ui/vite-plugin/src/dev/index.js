import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { liveEntry } from './entry.js';
import { sharedInstances } from './shared.js';
import { siteAround } from './site.js';

/**
 * JSX without React Refresh, which does nothing on a page with a production React; the live entry swaps views instead.
 *
 * @param {string} id
 * @returns {import('vite').Plugin}
 */
function settings(id) {
  return {
    name: 'questline:dev-settings',
    apply: 'serve',
    config: () => ({
      cacheDir: join(tmpdir(), 'questline-dev', id),
      oxc: { jsx: { runtime: 'automatic', development: false } },
    }),
  };
}

/**
 * What a plugin's Vite needs besides the build kit while `questline dev` runs.
 *
 * @param {import('../plugin.js').QuestlinePluginOptions} options
 * @param {import('./session.js').DevSession} session
 * @returns {import('vite').PluginOption[]}
 */
export function devPlugins(options, session) {
  return [
    session.refresh ? react() : settings(options.id),
    sharedInstances(session),
    liveEntry(options),
    siteAround(options, session),
  ];
}
