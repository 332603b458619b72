import { Alert, Box, Button, Chip, Stack, Switch, Typography } from '@mui/material';
import { useNotify, usePermission, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type InstalledPlugin, useSetPluginEnabledMutation } from '../../api/index.ts';
import { color, font, radius } from '../../design/theme/tokens.ts';

const COLORS = {
  active: 'success',
  disabled: 'default',
  incompatible: 'error',
  failed: 'error',
  blocked: 'error',
  needs_migration: 'warning',
} as const satisfies Record<InstalledPlugin['state'], 'success' | 'default' | 'error' | 'warning'>;

/** One plugin: what it is, how it is, and its switch. */
export function PluginRow({ plugin }: { readonly plugin: InstalledPlugin }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const manage = usePermission('tenant.plugins.manage');
  const notify = useNotify();
  const message = useProblemMessage();
  const [setEnabled, { isLoading }] = useSetPluginEnabledMutation();
  const working = plugin.state === 'active' || plugin.state === 'disabled';
  const change = async (enabled: boolean): Promise<void> => {
    const answer = await setEnabled({ pluginId: plugin.id, setPluginEnabled: { enabled } });
    if (answer.error !== undefined) notify({ message: message(answer.error), severity: 'error' });
  };
  return (
    <Box component="li" sx={{ display: 'grid', gap: 1.5, p: { xs: 2, sm: 3 } }}>
      <Stack direction="row" sx={{ gap: 2.5, alignItems: 'flex-start' }}>
        <Box
          aria-hidden
          sx={{
            display: { xs: 'none', sm: 'grid' },
            placeItems: 'center',
            flexShrink: 0,
            width: 52,
            height: 52,
            borderRadius: radius('control'),
            background: color('primary-soft'),
            color: color('primary-ink'),
            fontFamily: font('display'),
            fontSize: '1.5rem',
            fontWeight: 'var(--ql-font-weight-display)',
          }}
        >
          {plugin.title.at(0)}
        </Box>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Stack direction="row" sx={{ alignItems: 'center', gap: 1.25, flexWrap: 'wrap' }}>
            <Typography id={id} variant="h4" component="h2">
              {plugin.title}
            </Typography>
            <Chip size="small" color={COLORS[plugin.state]} label={t(`admin.state_${plugin.state}`)} />
            <Typography variant="body2" sx={{ color: color('muted') }}>
              {plugin.version}
            </Typography>
          </Stack>
          <Typography sx={{ mt: 0.5, color: color('muted') }}>{plugin.summary}</Typography>
          {plugin.has_settings && working && (
            <Button
              href={`/admin/plugins/${plugin.id}`}
              size="small"
              aria-label={t('admin.settings_of', { plugin: plugin.title })}
              sx={{ mt: 1, ml: -1.75 }}
            >
              {t('admin.settings')}
            </Button>
          )}
        </Box>
        {plugin.scope === 'tenant' && (
          <Switch
            checked={plugin.enabled}
            disabled={!manage || isLoading || (!working && !plugin.enabled)}
            onChange={(_event, checked) => void change(checked)}
            slotProps={{ input: { 'aria-labelledby': id } }}
          />
        )}
      </Stack>
      {plugin.reason !== null && plugin.reason !== '' && (
        <Alert severity={plugin.state === 'needs_migration' ? 'warning' : 'error'} sx={{ ml: { sm: 9 } }}>
          {plugin.reason}
        </Alert>
      )}
    </Box>
  );
}
