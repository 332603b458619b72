import { Box, Button, Card, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, Page, PageHeader, useLive } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddressParams } from '../../app/addressParams.ts';
import { type InstalledPlugin, type PackCard, useListPacksQuery, useListPluginsQuery } from '../../api/console/index.ts';
import { Section } from '../../design/components/Section.tsx';
import { border, color } from '../../design/theme/tokens.ts';
import { PackTile } from './PackTile.tsx';
import { PluginRow } from './PluginRow.tsx';
import { findPacks, findPlugins, readFilter } from './search.ts';
import { TEXTS } from './texts.ts';
import { Toolbar } from './Toolbar.tsx';

const EXTENSION_PATH =
  'M20.5 11H19V7a2 2 0 0 0-2-2h-4V3.5a2.5 2.5 0 0 0-5 0V5H4c-1.1 0-1.99.9-1.99 2v3.8H3.5a2.7 2.7 0 0 1 0 5.4H2V20c0 1.1.9 2 2 2h3.8v-1.5a2.7 2.7 0 0 1 5.4 0V22H17a2 2 0 0 0 2-2v-4h1.5a2.5 2.5 0 0 0 0-5';

/** The packs and plugins of this installation, to find, to switch and to set up. */
export default function ExtensionsPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const plugins = useListPluginsQuery(undefined, { refetchOnMountOrArgChange: true });
  const packs = useListPacksQuery(undefined, { refetchOnMountOrArgChange: true });
  const error = plugins.data === undefined ? plugins.error : packs.data === undefined ? packs.error : undefined;
  const retry = (): void => {
    void plugins.refetch();
    void packs.refetch();
  };
  // What somebody else switches is seen at once.
  useLive('plugins.changed', retry);
  useLive('packs.changed', retry);
  return (
    <Page title={t('title')}>
      <PageHeader title={t('title')} description={t('lead')} />
      {error !== undefined && <ErrorState error={error} onRetry={retry} />}
      {error === undefined && (plugins.data === undefined || packs.data === undefined) && (
        <LoadingState lines={4} height={132} />
      )}
      {plugins.data !== undefined && packs.data !== undefined && (
        <Catalogue plugins={plugins.data.plugins} packs={packs.data.packs} />
      )}
    </Page>
  );
}

interface CatalogueProps {
  readonly plugins: readonly InstalledPlugin[];
  readonly packs: readonly PackCard[];
}

function Catalogue({ plugins, packs }: CatalogueProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { params, change, clear } = useAddressParams();
  const search = params.get('search') ?? '';
  const filter = readFilter(params.get('show'));
  const foundPacks = findPacks(packs, search.trim(), filter);
  const foundPlugins = findPlugins(plugins, search.trim(), filter);
  if (plugins.length === 0 && packs.length === 0) {
    return <EmptyState icon={EXTENSION_PATH} title={t('none')} description={<InstallHint />} />;
  }
  const found = foundPacks.length + foundPlugins.length;
  return (
    <>
      <Toolbar
        search={search}
        filter={filter}
        onSearch={(value) => change('search', value)}
        onFilter={(value) => change('show', value === 'all' ? '' : value)}
      />
      <Box role="status" sx={{ position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' }}>
        {(search !== '' || filter !== 'all') && t('found', { count: found })}
      </Box>
      {found === 0 && (
        <EmptyState
          icon={EXTENSION_PATH}
          title={t('nothing')}
          description={t('nothing_detail')}
          action={
            <Button variant="outlined" onClick={clear}>
              {t('clear')}
            </Button>
          }
        />
      )}
      <Stack sx={{ gap: 5 }}>
        {foundPacks.length > 0 && (
          <Section title={t('packs')}>
            <Box
              component="ul"
              sx={{
                display: 'grid',
                gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 320px), 1fr))',
                gap: { xs: 2, md: 3 },
                m: 0,
                p: 0,
                listStyle: 'none',
              }}
            >
              {foundPacks.map((pack) => (
                <PackTile key={pack.id} pack={pack} />
              ))}
            </Box>
          </Section>
        )}
        {foundPlugins.length > 0 && (
          <Section title={t('plugins')}>
            <Card component="ul" sx={{ m: 0, p: 0, listStyle: 'none', '& > li + li': { borderTop: border() } }}>
              {foundPlugins.map((plugin) => (
                <PluginRow key={plugin.id} plugin={plugin} />
              ))}
            </Card>
          </Section>
        )}
        <InstallHint />
      </Stack>
    </>
  );
}

function InstallHint(): ReactNode {
  const { t } = useTranslation(TEXTS);
  return (
    <Typography variant="body2" component="span" sx={{ color: color('muted') }}>
      {t('install_hint')} <Box component="code">questline plugin install …</Box>
    </Typography>
  );
}
