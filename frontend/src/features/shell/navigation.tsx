import AutoStoriesRounded from '@mui/icons-material/AutoStoriesRounded';
import RocketLaunchRounded from '@mui/icons-material/RocketLaunchRounded';
import { PathIcon, useUser } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePluginLinks } from '../../app/plugins/navigation.ts';

/** One entry of the navigation, from the host or from a plugin. */
export interface NavigationItem {
  readonly key: string;
  readonly to: string;
  readonly label: string;
  readonly icon: ReactNode;
  /** Pages below this one that have entries of their own. */
  readonly apart?: readonly string[];
}

/** The pages that plugins add to a place of the navigation. */
export function usePluginItems(place: 'main' | 'admin' | 'user'): NavigationItem[] {
  const managed = usePluginLinks('admin');
  return usePluginLinks(place).map(({ key, to, label, icon }) => {
    const apart = managed.map((link) => link.to).filter((other) => other.startsWith(`${to}/`));
    return { key, to, label, icon: <PathIcon path={icon} />, apart };
  });
}

/** What every learner sees: the host's pages, then the plugins'. */
export function useMainItems(): readonly NavigationItem[] {
  const { t } = useTranslation();
  return [
    { key: 'dashboard', to: '/', label: t('shell.dashboard'), icon: <RocketLaunchRounded /> },
    { key: 'catalogue', to: '/catalogue', label: t('shell.catalogue'), icon: <AutoStoriesRounded /> },
    ...usePluginItems('main'),
  ];
}

/** Whether somebody has pages of the console to see, which are fetched for them only. */
export function useRunsSite(): boolean {
  const user = useUser();
  const fromPlugins = usePluginLinks('admin').length > 0;
  return fromPlugins || (user?.permissions.some((permission) => permission.startsWith('tenant.')) ?? false);
}

/** Pages about oneself that plugins add to the user's menu. */
export function useUserItems(): readonly NavigationItem[] {
  return usePluginItems('user');
}

/** Whether an item is the page that is open, or an ancestor of it. */
export function isCurrent(item: NavigationItem, pathname: string): boolean {
  if (item.to === '/') return pathname === '/';
  if (item.to === '/catalogue' && pathname.startsWith('/courses/')) return true;
  if (item.to === '/admin/plugins' && pathname.startsWith('/admin/packs/')) return true;
  const within = (page: string): boolean => pathname === page || pathname.startsWith(`${page}/`);
  return within(item.to) && item.apart?.some(within) !== true;
}
