import AdminPanelSettingsRounded from '@mui/icons-material/AdminPanelSettingsRounded';
import ExtensionRounded from '@mui/icons-material/ExtensionRounded';
import GroupRounded from '@mui/icons-material/GroupRounded';
import GroupsRounded from '@mui/icons-material/GroupsRounded';
import HistoryRounded from '@mui/icons-material/HistoryRounded';
import KeyRounded from '@mui/icons-material/KeyRounded';
import LockRounded from '@mui/icons-material/LockRounded';
import MailRounded from '@mui/icons-material/MailRounded';
import PaletteRounded from '@mui/icons-material/PaletteRounded';
import PublicRounded from '@mui/icons-material/PublicRounded';
import WebhookRounded from '@mui/icons-material/WebhookRounded';
import PolicyRounded from '@mui/icons-material/PolicyRounded';
import DnsRounded from '@mui/icons-material/DnsRounded';
import SpeedRounded from '@mui/icons-material/SpeedRounded';
import { useCan } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type NavigationItem, usePluginItems } from '../shell/navigation.tsx';
import { TEXTS } from './texts.ts';

interface Entry {
  /** Also the key of its text. */
  readonly key: string;
  readonly to: string;
  readonly icon: ReactNode;
  readonly permission: string;
}

/** Pages of the console that belong together. */
export interface ConsoleSection {
  readonly key: string;
  readonly title: string;
  readonly items: readonly NavigationItem[];
}

/** Every page of the console, by section. */
const SECTIONS: readonly { readonly key: string; readonly entries: readonly Entry[] }[] = [
  {
    key: 'people',
    entries: [
      { key: 'users', to: '/admin/users', icon: <GroupRounded />, permission: 'tenant.users.read' },
      { key: 'groups', to: '/admin/groups', icon: <GroupsRounded />, permission: 'tenant.groups.read' },
      { key: 'invitations', to: '/admin/invitations', icon: <MailRounded />, permission: 'tenant.users.invite' },
      { key: 'roles', to: '/admin/roles', icon: <AdminPanelSettingsRounded />, permission: 'tenant.roles.read' },
      { key: 'keys', to: '/admin/keys', icon: <KeyRounded />, permission: 'tenant.keys.manage' },
      { key: 'sign_in', to: '/admin/sign-in', icon: <LockRounded />, permission: 'tenant.sign_in.manage' },
    ],
  },
  {
    key: 'site',
    entries: [
      { key: 'plugins', to: '/admin/plugins', icon: <ExtensionRounded />, permission: 'tenant.plugins.read' },
      { key: 'theme', to: '/admin/theme', icon: <PaletteRounded />, permission: 'tenant.theme.manage' },
      { key: 'webhooks', to: '/admin/webhooks', icon: <WebhookRounded />, permission: 'tenant.webhooks.manage' },
      { key: 'edge', to: '/admin/edge', icon: <PublicRounded />, permission: 'tenant.edge.manage' },
      { key: 'domains', to: '/admin/domains', icon: <DnsRounded />, permission: 'tenant.domains.manage' },
      { key: 'limits', to: '/admin/limits', icon: <SpeedRounded />, permission: 'tenant.limits.read' },
    ],
  },
  {
    key: 'oversight',
    entries: [
      { key: 'audit', to: '/admin/audit', icon: <HistoryRounded />, permission: 'tenant.audit.read' },
      { key: 'privacy', to: '/admin/privacy', icon: <PolicyRounded />, permission: 'tenant.privacy.manage' },
    ],
  },
];

/** The sections that somebody may see, as far as their permissions go; what plugins add comes last. */
export function useConsoleSections(): readonly ConsoleSection[] {
  const { t } = useTranslation(TEXTS);
  const can = useCan();
  const own = SECTIONS.map(({ key, entries }) => ({
    key,
    title: t(key),
    items: entries
      .filter(({ permission }) => can(permission))
      .map((entry) => ({ key: entry.to, to: entry.to, label: t(entry.key), icon: entry.icon })),
  }));
  const sections = [...own, { key: 'extensions', title: t('extensions'), items: usePluginItems('admin') }];
  return sections.filter(({ items }) => items.length > 0);
}
