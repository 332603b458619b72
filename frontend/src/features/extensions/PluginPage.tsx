import { Chip, Link, Stack, Typography } from '@mui/material';
import { ErrorState, LoadingState, Page, isApiProblem, usePermission } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { type PluginDetails, useGetPluginQuery } from '../../api/console/index.ts';
import { color } from '../../design/theme/tokens.ts';
import NotFoundPage from '../errors/NotFoundPage.tsx';
import { Changelog } from './Changelog.tsx';
import { Columns, Part } from './Columns.tsx';
import { DetailHeader } from './DetailHeader.tsx';
import { Facts } from './Facts.tsx';
import { HealthList } from './HealthList.tsx';
import { PermissionTable } from './PermissionTable.tsx';
import { PluginSwitch } from './PluginSwitch.tsx';
import { SettingsPanel } from './settings/SettingsPanel.tsx';
import { TEXTS } from './texts.ts';
import { useNames } from './useNames.ts';

/** A plugin: its settings, its health, what it is connected with, who may do what, and what has changed. */
export default function PluginPage(): ReactNode {
  const { pluginId = '' } = useParams();
  const { currentData, error, refetch } = useGetPluginQuery(pluginId, { refetchOnMountOrArgChange: true });
  if (isApiProblem(error) && error.status === 404) return <NotFoundPage />;
  return (
    <Page title={currentData?.title ?? pluginId}>
      {currentData === undefined && error === undefined && <LoadingState lines={3} height={160} />}
      {currentData === undefined && error !== undefined && (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
      {currentData !== undefined && <Details plugin={currentData} />}
    </Page>
  );
}

function Details({ plugin }: { readonly plugin: PluginDetails }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const manage = usePermission('tenant.plugins.manage');
  const working = plugin.state === 'active' || plugin.state === 'disabled';
  return (
    <>
      <DetailHeader
        title={plugin.title}
        summary={plugin.summary}
        version={plugin.version}
        state={plugin.state}
        reason={plugin.reason}
        broken={!working}
        switcher={<PluginSwitch plugin={plugin} />}
      />
      <Columns
        main={
          <>
            {manage && working && (
              <Part title={t('settings')}>
                {plugin.has_settings ? (
                  <SettingsPanel plugin={plugin} />
                ) : (
                  <Typography sx={{ color: color('muted') }}>{t('settings_none')}</Typography>
                )}
              </Part>
            )}
            <Part title={t('permissions')}>
              {plugin.permission_details.length === 0 ? (
                <Typography sx={{ color: color('muted') }}>{t('no_permissions')}</Typography>
              ) : (
                <PermissionTable permissions={plugin.permission_details} />
              )}
            </Part>
          </>
        }
        aside={
          <>
            <Part title={t('health')}>
              <HealthList checks={plugin.health} />
            </Part>
            <Part title={t('connections')}>
              <Connections plugin={plugin} />
            </Part>
            {plugin.changelog_html !== null && (
              <Part title={t('changelog')}>
                <Changelog html={plugin.changelog_html} />
              </Part>
            )}
          </>
        }
      />
    </>
  );
}

function Connections({ plugin }: { readonly plugin: PluginDetails }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const names = useNames();
  const links = (place: 'plugins' | 'packs', ids: readonly string[]): ReactNode => (
    <Stack component="span" direction="row" sx={{ flexWrap: 'wrap', columnGap: 1.5 }}>
      {ids.map((id) => (
        <Link key={id} href={`/admin/${place}/${id}`} sx={{ py: 0.25 }}>
          {place === 'packs' ? names.pack(id) : names.plugin(id)}
        </Link>
      ))}
    </Stack>
  );
  const chips = (words: readonly string[]): ReactNode => (
    <Stack component="span" direction="row" sx={{ flexWrap: 'wrap', gap: 0.75 }}>
      {words.map((word) => (
        <Chip key={word} size="small" component="span" label={word} sx={{ maxWidth: '100%' }} />
      ))}
    </Stack>
  );
  const facts = [
    { name: t('requires'), ids: plugin.requires, value: links('plugins', plugin.requires) },
    { name: t('uses'), ids: plugin.optional, value: links('plugins', plugin.optional) },
    { name: t('dependants'), ids: plugin.dependants, value: links('plugins', plugin.dependants) },
    { name: t('packs'), ids: plugin.packs, value: links('packs', plugin.packs) },
    { name: t('blocks'), ids: plugin.block_types, value: chips(plugin.block_types) },
    {
      name: t('listens'),
      ids: plugin.listens_to,
      value: chips(plugin.listens_to.map((event) => (event === '*' ? t('every_event') : event))),
    },
    { name: t('capabilities'), ids: plugin.capabilities, value: chips(plugin.capabilities) },
  ].filter(({ ids }) => ids.length > 0);
  if (facts.length === 0) return <Typography sx={{ color: color('muted') }}>{t('nobody')}</Typography>;
  return <Facts facts={facts} />;
}
