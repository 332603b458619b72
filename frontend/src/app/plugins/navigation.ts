import { type NavigationPlace, useCan, useLocalize } from '@questline/ui-sdk';
import { usePlugins } from '@questline/ui-sdk/host';

/** A link that a plugin contributes, ready to draw. */
export interface PluginLink {
  readonly key: string;
  readonly to: string;
  readonly label: string;
  /** The `d` attribute of a 24 by 24 SVG path. */
  readonly icon: string;
  readonly order: number;
}

/** The address of a plugin's page. */
export function pluginPath(pluginId: string, path: string): string {
  return path === '' ? `/x/${pluginId}` : `/x/${pluginId}/${path}`;
}

/** The links that plugins contribute to a place, as far as the user may follow them. */
export function usePluginLinks(place: NavigationPlace): readonly PluginLink[] {
  const plugins = usePlugins();
  const can = useCan();
  const localize = useLocalize();
  return plugins
    .flatMap((plugin) =>
      (plugin.contributions.navigation ?? [])
        .filter((item) => (item.place ?? 'main') === place && can(item.permission))
        .map((item) => ({
          key: `${plugin.id}:${item.to}`,
          to: pluginPath(plugin.id, item.to),
          label: localize(item.label),
          icon: item.icon,
          order: item.order ?? 100,
        })),
    )
    .toSorted((left, right) => left.order - right.order);
}
