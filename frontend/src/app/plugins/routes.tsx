import { EmptyState, LoadingState, Page, type RouteContribution, useCan, useLocalize } from '@questline/ui-sdk';
import { ContributionView, type PluginManifest, usePlugins } from '@questline/ui-sdk/host';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RouteObject } from 'react-router';
import { loadPlugins, registry } from './plugins.ts';

interface PluginPageProps {
  readonly pluginId: string;
  readonly route: RouteContribution;
}

function PluginPage({ pluginId, route }: PluginPageProps): ReactNode {
  const plugin = usePlugins().find(({ id }) => id === pluginId);
  const can = useCan();
  const localize = useLocalize();
  const { t } = useTranslation('sdk');
  const title = route.title === undefined ? (plugin?.title ?? pluginId) : localize(route.title);
  if (plugin === undefined || !can(route.permission)) {
    return (
      <Page title={title}>
        <EmptyState role="status" title={t(plugin === undefined ? 'problems.http_404' : 'problems.http_403')} />
      </Page>
    );
  }
  const loading = (
    <Page title={title}>
      <LoadingState />
    </Page>
  );
  return (
    <>
      <title>{title}</title>
      <ContributionView plugin={plugin} view={route.view} fallback={loading} />
    </>
  );
}

/** Route id below which plugins' routes hang. */
export const PLUGIN_PARENT = 'shell';

const patched = new Set<string>();

function toRoutes(plugin: PluginManifest): RouteObject[] {
  return (plugin.contributions.routes ?? []).flatMap((route) => {
    const id = `plugin:${plugin.id}:${route.path}`;
    if (patched.has(id)) return [];
    patched.add(id);
    const path = route.path === '' ? `x/${plugin.id}` : `x/${plugin.id}/${route.path}`;
    return [{ id, path, element: <PluginPage pluginId={plugin.id} route={route} /> }];
  });
}

/** Adds the routes of plugins that have none yet. */
export function patchPluginRoutes(patch: (parent: string, routes: RouteObject[]) => void): void {
  for (const plugin of registry.getSnapshot()) {
    const routes = toRoutes(plugin);
    if (routes.length > 0) patch(PLUGIN_PARENT, routes);
  }
}

/** For deep links: waits for the list of plugins when an address under `/x/` is opened. */
export async function patchOnNavigation(path: string, patch: (parent: string, routes: RouteObject[]) => void): Promise<void> {
  if (!path.startsWith('/x/')) return;
  await loadPlugins();
  patchPluginRoutes(patch);
}
