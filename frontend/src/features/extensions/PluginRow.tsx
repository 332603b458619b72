import { Alert, Box, Link, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { InstalledPlugin } from '../../api/console/index.ts';
import { color } from '../../design/theme/tokens.ts';
import { Monogram } from './Monogram.tsx';
import { PluginSwitch } from './PluginSwitch.tsx';
import { StateChip } from './StateChip.tsx';
import { TEXTS } from './texts.ts';
import { useNames } from './useNames.ts';

/** One plugin in the catalogue: what it is, how it is, who needs it, and its switch. */
export function PluginRow({ plugin }: { readonly plugin: InstalledPlugin }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const names = useNames();
  const notes = [
    ...(plugin.scope === 'system' ? [t('everywhere')] : []),
    ...(plugin.dependants.length > 0
      ? [t('needed_by', { names: names.list(plugin.dependants.map(names.plugin)) })]
      : []),
    ...(plugin.packs.length > 0 ? [t('in_pack', { names: names.list(plugin.packs.map(names.pack)), count: plugin.packs.length })] : []),
  ];
  return (
    <Box component="li" sx={{ display: 'grid', gap: 1.5, p: { xs: 2, sm: 3 } }}>
      <Stack direction="row" sx={{ gap: { xs: 1.5, sm: 2.5 }, alignItems: 'flex-start' }}>
        <Box sx={{ display: { xs: 'none', sm: 'block' } }}>
          <Monogram title={plugin.title} on={plugin.enabled} />
        </Box>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Stack direction="row" sx={{ alignItems: 'center', columnGap: 1.25, rowGap: 0.5, flexWrap: 'wrap' }}>
            <Typography variant="h4" component="h3">
              <Link href={`/admin/plugins/${plugin.id}`} underline="hover" sx={{ color: 'inherit', py: 0.75 }}>
                {plugin.title}
              </Link>
            </Typography>
            <StateChip state={plugin.state} />
            <Typography variant="body2" sx={{ color: color('muted') }}>
              {plugin.version}
            </Typography>
          </Stack>
          <Typography sx={{ mt: 0.5, color: color('muted') }}>{plugin.summary}</Typography>
          {notes.length > 0 && (
            <Typography variant="body2" sx={{ mt: 0.75 }}>
              {notes.join(' · ')}
            </Typography>
          )}
        </Box>
        <PluginSwitch plugin={plugin} />
      </Stack>
      {plugin.reason !== null && plugin.reason !== '' && (
        <Alert severity={plugin.state === 'needs_migration' ? 'warning' : 'error'} sx={{ ml: { sm: 9 } }}>
          {plugin.reason}
        </Alert>
      )}
    </Box>
  );
}
