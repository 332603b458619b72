import { Button, type ButtonProps, Checkbox, FormControlLabel, Typography } from '@mui/material';
import { ErrorState, LoadingState, useNotify, usePermission } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PackCard, type PackDetails, useGetPackQuery, useSetPackEnabledMutation } from '../../api/console/index.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { NamedList } from './NamedList.tsx';
import { TEXTS } from './texts.ts';
import { useNames } from './useNames.ts';
import { usePresetText } from './usePresetText.ts';

interface PackSwitchProps {
  readonly pack: PackCard;
  readonly size?: ButtonProps['size'];
}

/** The buttons that switch a pack: on, off, or on again where something of it is missing or newer. */
export function PackSwitch({ pack, size = 'medium' }: PackSwitchProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const manage = usePermission('tenant.plugins.manage');
  const [asking, setAsking] = useState<'on' | 'off'>();
  if (!manage) return null;
  const action = pack.outdated ? t('outdated', { version: pack.version }) : t('complete');
  const repairable = pack.enabled && (pack.outdated || pack.state === 'incomplete') && pack.plugins.length > 0;
  return (
    <>
      {repairable && (
        <Button
          size={size}
          variant="contained"
          aria-label={t('complete_named', { action, name: pack.title })}
          onClick={() => setAsking('on')}
        >
          {action}
        </Button>
      )}
      {pack.enabled ? (
        <Button
          size={size}
          variant="outlined"
          aria-label={t('switch_off_named', { name: pack.title })}
          onClick={() => setAsking('off')}
        >
          {t('switch_off')}
        </Button>
      ) : (
        <Button
          size={size}
          variant="contained"
          disabled={pack.state === 'unavailable'}
          aria-label={t('switch_on_named', { name: pack.title })}
          onClick={() => setAsking('on')}
        >
          {t('switch_on')}
        </Button>
      )}
      {asking !== undefined && (
        <PackDialog pack={pack} enabled={asking === 'on'} onClose={() => setAsking(undefined)} />
      )}
    </>
  );
}

interface PackDialogProps {
  readonly pack: PackCard;
  readonly enabled: boolean;
  readonly onClose: () => void;
}

function PackDialog({ pack, enabled, onClose }: PackDialogProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const { currentData, error, refetch } = useGetPackQuery(pack.id, { refetchOnMountOrArgChange: true });
  const [setEnabled, { isLoading, error: refused }] = useSetPackEnabledMutation();
  const [keepTheme, setKeepTheme] = useState(false);
  const change = async (): Promise<void> => {
    const answer = await setEnabled({
      packId: pack.id,
      setPackEnabled: { enabled, keep_theme: keepTheme },
    });
    if (answer.error !== undefined) return;
    notify({ message: t(enabled ? 'is_on' : 'is_off', { name: pack.title }), severity: 'success' });
    onClose();
  };
  return (
    <ConfirmDialog
      title={t(enabled ? 'confirm_on' : 'confirm_off', { name: pack.title })}
      action={t(enabled ? 'switch_on' : 'switch_off')}
      stops={!enabled}
      busy={isLoading || currentData === undefined}
      problem={refused}
      onConfirm={() => void change()}
      onClose={onClose}
    >
      {currentData === undefined && error === undefined && <LoadingState lines={2} height={48} />}
      {currentData === undefined && error !== undefined && (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
      {currentData !== undefined && enabled && (
        <Starts pack={currentData} keepTheme={keepTheme} onKeepTheme={setKeepTheme} />
      )}
      {currentData !== undefined && !enabled && <Stops pack={currentData} />}
    </ConfirmDialog>
  );
}

interface StartsProps {
  readonly pack: PackDetails;
  readonly keepTheme: boolean;
  readonly onKeepTheme: (keep: boolean) => void;
}

function Starts({ pack, keepTheme, onKeepTheme }: StartsProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const names = useNames();
  const presetText = usePresetText();
  const { starts = [], theme } = pack.plan;
  return (
    <>
      {starts.length === 0 ? (
        <Typography>{t('pack_starts_none')}</Typography>
      ) : (
        <NamedList title={t('pack_starts')} entries={starts.map((id) => ({ key: id, name: names.plugin(id) }))} />
      )}
      {pack.presets.length > 0 && (
        <NamedList
          title={t('presets_given')}
          entries={pack.presets.map(({ plugin_id: plugin, field, title, value }) => ({
            key: `${plugin}.${field}`,
            name: `${title}: ${presetText(value)}`,
            detail: names.plugin(plugin),
          }))}
        />
      )}
      {pack.grants.length > 0 && (
        <NamedList
          title={t('grants_given')}
          entries={[...new Set(pack.grants.map(({ role }) => role))].map((role) => ({
            key: role,
            name: t(`role_${role}`),
            detail: names.list(pack.grants.filter((grant) => grant.role === role).map(({ title }) => title)),
          }))}
        />
      )}
      {!pack.enabled && theme !== null && theme !== undefined && (
        <div>
          <Typography>{t('theme_changes', { theme: names.theme(theme) })}</Typography>
          <FormControlLabel
            label={t('keep_theme')}
            control={<Checkbox checked={keepTheme} onChange={(_event, checked) => onKeepTheme(checked)} />}
          />
        </div>
      )}
    </>
  );
}

function Stops({ pack }: { readonly pack: PackDetails }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const names = useNames();
  const { stops = [], keeps = [], theme } = pack.plan;
  return (
    <>
      {stops.length === 0 ? (
        <Typography>{t('pack_stops_none')}</Typography>
      ) : (
        <NamedList title={t('pack_stops')} entries={stops.map((id) => ({ key: id, name: names.plugin(id) }))} />
      )}
      {keeps.length > 0 && (
        <NamedList
          title={t('pack_keeps')}
          entries={keeps.map(({ id, reason, by }) => ({
            key: id,
            name: names.plugin(id),
            detail: t(`keep_${reason}`, {
              names: names.list(by.map(reason === 'needed_by_pack' ? names.pack : names.plugin)),
            }),
          }))}
        />
      )}
      {theme !== null && theme !== undefined && (
        <Typography>{t('theme_returns', { theme: names.theme(theme) })}</Typography>
      )}
      <Typography sx={{ color: 'text.secondary' }}>{t('pack_kept')}</Typography>
    </>
  );
}
