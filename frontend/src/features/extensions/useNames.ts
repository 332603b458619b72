import { useTranslation } from 'react-i18next';
import { useListPacksQuery, useListPluginsQuery, useListThemesQuery } from '../../api/console/index.ts';

interface Names {
  readonly plugin: (id: string) => string;
  readonly pack: (id: string) => string;
  readonly theme: (id: string) => string;
  /** Several as one phrase: "Points, Badges and Leaderboards". */
  readonly list: (names: readonly string[]) => string;
}

/** What packs, plugins and themes are called, by their ids. */
export function useNames(): Names {
  const { i18n } = useTranslation();
  const { data: plugins } = useListPluginsQuery();
  const { data: packs } = useListPacksQuery();
  const { data: themes } = useListThemesQuery();
  const words = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  return {
    plugin: (id) => plugins?.plugins.find((plugin) => plugin.id === id)?.title ?? id,
    pack: (id) => packs?.packs.find((pack) => pack.id === id)?.title ?? id,
    theme: (id) => themes?.themes.find((theme) => theme.id === id)?.title ?? id,
    list: (names) => words.format(names),
  };
}
