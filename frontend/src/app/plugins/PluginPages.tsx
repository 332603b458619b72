import { Box, Button } from '@mui/material';
import { LoadingState, Page, type RouteContribution, useCan, useLocalize } from '@questline/ui-sdk';
import { ContributionView, type PluginManifest, usePlugins } from '@questline/ui-sdk/host';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Routes, useParams } from 'react-router';
import { BrokenPath, Message } from '../../features/errors/Message.tsx';

interface PluginPageProps {
  readonly plugin: PluginManifest;
  readonly route: RouteContribution;
}

function Missing({ problem }: { readonly problem: 'http_403' | 'http_404' }): ReactNode {
  const { t } = useTranslation();
  const title = t(`problems.${problem}`, { ns: 'sdk' });
  return (
    <Page title={title}>
      <Box role="status">
        <Message picture={<BrokenPath />} title={title}>
          <Button href="/" variant="contained">
            {t('errors.home')}
          </Button>
        </Message>
      </Box>
    </Page>
  );
}

function PluginPage({ plugin, route }: PluginPageProps): ReactNode {
  const can = useCan();
  const localize = useLocalize();
  if (!can(route.permission)) return <Missing problem="http_403" />;
  const title = route.title === undefined ? plugin.title : localize(route.title);
  const loading = (
    <Page title={title}>
      <LoadingState />
    </Page>
  );
  return <ContributionView plugin={plugin} view={route.view} fallback={loading} />;
}

/** The pages of one plugin, below `/x/<plugin-id>/`; they come and go with the list of plugins. */
export default function PluginPages(): ReactNode {
  const { pluginId } = useParams();
  const plugin = usePlugins().find(({ id }) => id === pluginId);
  if (plugin === undefined) return <Missing problem="http_404" />;
  return (
    <Routes>
      {(plugin.contributions.routes ?? []).map((route) => (
        <Route key={route.path} path={route.path} element={<PluginPage plugin={plugin} route={route} />} />
      ))}
      <Route path="*" element={<Missing problem="http_404" />} />
    </Routes>
  );
}
