import type { InstalledPlugin, PackCard } from '../../api/console/index.ts';

/** Which packs and plugins are shown. */
export const FILTERS = ['all', 'on', 'off', 'attention'] as const;

/** One of the filters. */
export type Filter = (typeof FILTERS)[number];

/** The filter a query parameter names; all where it names none. */
export function readFilter(value: string | null): Filter {
  return FILTERS.find((filter) => filter === value) ?? 'all';
}

/** Whether something is wrong with a plugin. */
export function pluginNeedsAttention({ state, reason }: InstalledPlugin): boolean {
  return (state !== 'active' && state !== 'disabled') || (reason !== null && reason !== '');
}

/** Whether something is wrong with a pack, or a newer version of it waits. */
export function packNeedsAttention({ state, outdated }: PackCard): boolean {
  return state === 'incomplete' || state === 'unavailable' || outdated;
}

function fits(words: readonly (string | null)[], search: string): boolean {
  const text = words.join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}

function passes(filter: Filter, on: boolean, attention: boolean): boolean {
  if (filter === 'attention') return attention;
  return filter === 'all' || (filter === 'on') === on;
}

/** The plugins that fit a search and a filter. */
export function findPlugins(
  plugins: readonly InstalledPlugin[],
  search: string,
  filter: Filter,
): readonly InstalledPlugin[] {
  return plugins
    .filter(
      (plugin) =>
        passes(filter, plugin.enabled, pluginNeedsAttention(plugin)) &&
        fits([plugin.id, plugin.title, plugin.summary], search),
    )
    .toSorted((one, other) => one.title.localeCompare(other.title));
}

/** The packs that fit a search and a filter; a pack is found by the plugins it names, too. */
export function findPacks(packs: readonly PackCard[], search: string, filter: Filter): readonly PackCard[] {
  return packs.filter(
    (pack) =>
      passes(filter, pack.enabled, packNeedsAttention(pack)) &&
      fits([pack.id, pack.title, pack.summary, ...pack.plugins.map(({ title }) => title)], search),
  );
}
