import AutoStoriesRounded from '@mui/icons-material/AutoStoriesRounded';
import ExtensionRounded from '@mui/icons-material/ExtensionRounded';
import GroupRounded from '@mui/icons-material/GroupRounded';
import PaletteRounded from '@mui/icons-material/PaletteRounded';
import RocketLaunchRounded from '@mui/icons-material/RocketLaunchRounded';
import { PathIcon, useCan } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePluginLinks } from '../../app/plugins/navigation.ts';

/** One entry of the navigation, from the host or from a plugin. */
export interface NavigationItem {
  readonly key: string;
  readonly to: string;
  readonly label: string;
  readonly icon: ReactNode;
}

function usePluginItems(place: 'main' | 'admin' | 'user'): NavigationItem[] {
  return usePluginLinks(place).map(({ key, to, label, icon }) => ({ key, to, label, icon: <PathIcon path={icon} /> }));
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

/** What those who run the site see, as far as their permissions go. */
export function useAdminItems(): readonly NavigationItem[] {
  const { t } = useTranslation();
  const can = useCan();
  const own = [
    { permission: 'tenant.users.read', to: '/admin/users', label: t('shell.people'), icon: <GroupRounded /> },
    { permission: 'tenant.plugins.read', to: '/admin/plugins', label: t('shell.plugins'), icon: <ExtensionRounded /> },
    { permission: 'tenant.theme.manage', to: '/admin/theme', label: t('shell.theme'), icon: <PaletteRounded /> },
  ];
  return [
    ...own.filter(({ permission }) => can(permission)).map(({ to, label, icon }) => ({ key: to, to, label, icon })),
    ...usePluginItems('admin'),
  ];
}

/** Pages about oneself that plugins add to the user's menu. */
export function useUserItems(): readonly NavigationItem[] {
  return usePluginItems('user');
}

/** Whether an item is the page that is open, or an ancestor of it. */
export function isCurrent(item: NavigationItem, pathname: string): boolean {
  if (item.to === '/') return pathname === '/';
  if (item.to === '/catalogue' && pathname.startsWith('/courses/')) return true;
  return pathname === item.to || pathname.startsWith(`${item.to}/`);
}
