import { Switch, Typography } from '@mui/material';
import { useNotify, usePermission, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type InstalledPlugin, useListPluginsQuery, useSetPluginEnabledMutation } from '../../api/console/index.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { NamedList } from './NamedList.tsx';
import { TEXTS } from './texts.ts';
import { useNames } from './useNames.ts';

/** A plugin's switch; it asks first where more than the plugin starts, and whenever something stops. */
export function PluginSwitch({ plugin }: { readonly plugin: InstalledPlugin }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const names = useNames();
  const manage = usePermission('tenant.plugins.manage');
  const notify = useNotify();
  const message = useProblemMessage();
  const { data: list } = useListPluginsQuery();
  const [asking, setAsking] = useState(false);
  const [setEnabled, { isLoading, error, reset }] = useSetPluginEnabledMutation();
  const working = plugin.state === 'active' || plugin.state === 'disabled';
  const missing = plugin.requires.filter((id) => list?.plugins.find((each) => each.id === id)?.enabled !== true);
  const enabled = !plugin.enabled;
  const change = async (): Promise<void> => {
    const setPluginEnabled = { enabled, with_others: missing.length > 0 || plugin.dependants.length > 0 };
    const answer = await setEnabled({ pluginId: plugin.id, setPluginEnabled });
    if (answer.error === undefined) {
      setAsking(false);
      notify({ message: t(enabled ? 'is_on' : 'is_off', { name: plugin.title }), severity: 'success' });
    } else if (!asking) {
      notify({ message: message(answer.error), severity: 'error' });
    }
  };
  const start = (): void => {
    reset();
    if (plugin.enabled || missing.length > 0) setAsking(true);
    else void change();
  };
  if (plugin.scope === 'system') return null;
  return (
    <>
      <Switch
        checked={plugin.enabled}
        disabled={!manage || isLoading || (!working && !plugin.enabled)}
        onChange={start}
        slotProps={{ input: { 'aria-label': plugin.title } }}
      />
      {asking && (
        <ConfirmDialog
          title={t(enabled ? 'confirm_on' : 'confirm_off', { name: plugin.title })}
          action={t(enabled ? 'switch_on' : 'switch_off')}
          stops={!enabled}
          busy={isLoading}
          problem={error}
          onConfirm={() => void change()}
          onClose={() => setAsking(false)}
        >
          {enabled ? (
            <Typography>{t('on_requires', { names: names.list(missing.map(names.plugin)) })}</Typography>
          ) : (
            <Typography>{t('off_stops')}</Typography>
          )}
          {!enabled && plugin.dependants.length > 0 && (
            <NamedList
              title={t('off_dependants')}
              entries={plugin.dependants.map((id) => ({ key: id, name: names.plugin(id) }))}
            />
          )}
          {!enabled && plugin.packs.length > 0 && (
            <NamedList
              title={t('off_packs')}
              entries={plugin.packs.map((id) => ({ key: id, name: names.pack(id) }))}
            />
          )}
        </ConfirmDialog>
      )}
    </>
  );
}
