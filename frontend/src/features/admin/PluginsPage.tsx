import { Box, Card, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useListPluginsQuery } from '../../api/index.ts';
import { border, color } from '../../design/theme/tokens.ts';
import { PluginRow } from './PluginRow.tsx';

const EXTENSION_PATH =
  'M20.5 11H19V7a2 2 0 0 0-2-2h-4V3.5a2.5 2.5 0 0 0-5 0V5H4c-1.1 0-1.99.9-1.99 2v3.8H3.5a2.7 2.7 0 0 1 0 5.4H2V20c0 1.1.9 2 2 2h3.8v-1.5a2.7 2.7 0 0 1 5.4 0V22H17a2 2 0 0 0 2-2v-4h1.5a2.5 2.5 0 0 0 0-5';

/** The plugins of this installation, to switch and to set up. */
export default function PluginsPage(): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useListPluginsQuery();
  return (
    <Page title={t('admin.plugins')}>
      <PageHeader title={t('admin.plugins')} description={t('admin.plugins_lead')} />
      {data === undefined && error === undefined && <LoadingState lines={4} height={96} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && data.plugins.length === 0 && (
        <EmptyState
          icon={EXTENSION_PATH}
          title={t('admin.no_plugins')}
          description={<code>questline plugin install …</code>}
        />
      )}
      {data !== undefined && data.plugins.length > 0 && (
        <Card component="ul" sx={{ m: 0, p: 0, listStyle: 'none', '& > li + li': { borderTop: border() } }}>
          {data.plugins.map((plugin) => (
            <PluginRow key={plugin.id} plugin={plugin} />
          ))}
        </Card>
      )}
      {data !== undefined && (
        <Stack sx={{ mt: 3 }}>
          <Typography variant="body2" sx={{ color: color('muted') }}>
            {t('admin.install_hint')} <Box component="code">questline plugin install …</Box>
          </Typography>
        </Stack>
      )}
    </Page>
  );
}
