import { type PluginDefinition, authorizedFetch } from '@questline/ui-sdk';
import type { PluginManifest } from '@questline/ui-sdk/host';
import { notify } from '../feedback/notices.ts';
import { i18n } from '../i18n/index.ts';
import { mustWait } from '../session/tokens.ts';
import { injectSlices, store } from '../store.ts';
import { addStylesheet, importModule } from './browser.ts';
import { Registry } from './registry.ts';

function install(manifest: PluginManifest, definition: PluginDefinition): void {
  for (const [language, messages] of Object.entries(definition.resources ?? {})) {
    i18n.addResourceBundle(language, manifest.id, messages, true, true);
  }
  if (definition.slices !== undefined) injectSlices(definition.slices);
}

/** The plugins of the site. */
export const registry = new Registry({
  importModule,
  addStylesheet,
  install,
  onRefused: (manifest, error) => {
    console.warn(error.message);
    if (store.getState().session.user?.permissions.includes('tenant.plugins.read') !== true) return;
    notify({
      severity: 'warning',
      message: i18n.t('app.plugin_failed', { title: manifest.title, reason: error.message }),
    });
  },
});

let fetched: Promise<void> | null = null;

async function fetchPlugins(): Promise<void> {
  const response = await authorizedFetch('/api/v1/ui/plugins');
  if (!response.ok) throw new Error(`The list of plugins could not be fetched: ${response.status}`);
  const { plugins } = (await response.json()) as { plugins: PluginManifest[] };
  registry.replace(plugins);
}

/** Fetches the list of plugins, once unless `again`; without it the host works on its own. */
export function loadPlugins(options: { readonly again?: boolean } = {}): Promise<void> {
  if (fetched === null || options.again === true) {
    fetched = fetchPlugins().catch((error: unknown) => {
      fetched = null;
      reportError(error);
    });
  }
  return fetched;
}

/** Fetches the list once somebody is signed in and let on, and empties it when they leave. */
export function followPlugins(): void {
  let userId: string | null = null;
  store.subscribe(() => {
    const next = mustWait() ? null : (store.getState().session.user?.id ?? null);
    if (next === userId) return;
    userId = next;
    if (next === null) {
      fetched = null;
      registry.replace([]);
    } else void loadPlugins({ again: true });
  });
}
