import { Alert, Box, Button, Card, Chip, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackCard } from '../../api/console/index.ts';
import { color } from '../../design/theme/tokens.ts';
import { Monogram } from './Monogram.tsx';
import { PackSwitch } from './PackSwitch.tsx';
import { StateChip } from './StateChip.tsx';
import { TEXTS } from './texts.ts';

/** One pack in the catalogue: what it brings and its switch. */
export function PackTile({ pack }: { readonly pack: PackCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  return (
    <Card component="li" sx={{ display: 'flex', flexDirection: 'column', gap: 2, p: { xs: 2.5, sm: 3 } }}>
      <Stack direction="row" sx={{ gap: 2, alignItems: 'flex-start' }}>
        <Monogram title={pack.title} on={pack.enabled} />
        <Box sx={{ minWidth: 0, flex: 1 }}>
          <Typography variant="h4" component="h3">
            {pack.title}
          </Typography>
          <Stack direction="row" sx={{ alignItems: 'center', gap: 1, mt: 0.5 }}>
            <StateChip state={pack.state} />
            <Typography variant="body2" sx={{ color: color('muted') }}>
              {pack.enabled_version ?? pack.version}
            </Typography>
          </Stack>
        </Box>
      </Stack>
      <Typography sx={{ color: color('muted') }}>{pack.summary}</Typography>
      <Stack component="ul" direction="row" sx={{ flexWrap: 'wrap', gap: 0.75, m: 0, p: 0, listStyle: 'none' }}>
        {pack.plugins
          .filter(({ required, version }) => required || version !== null)
          .map((plugin) => (
            <Chip key={plugin.id} component="li" size="small" label={plugin.title} />
          ))}
      </Stack>
      {pack.reason !== null && <Alert severity={pack.enabled ? 'warning' : 'error'}>{pack.reason}</Alert>}
      <Stack direction="row" sx={{ mt: 'auto', gap: 1, flexWrap: 'wrap' }}>
        <PackSwitch pack={pack} size="small" />
        <Button size="small" href={`/admin/packs/${pack.id}`} aria-label={t('details_of', { name: pack.title })}>
          {t('details')}
        </Button>
      </Stack>
    </Card>
  );
}
