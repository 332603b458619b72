import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import { Alert, Button } from '@mui/material';
import {
  ErrorState,
  LoadingState,
  Page,
  PageHeader,
  isApiProblem,
  useNotify,
  useProblemMessage,
} from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useGetPluginSettingsQuery, useListPluginsQuery, useUpdatePluginSettingsMutation } from '../../api/index.ts';
import { Panel } from '../../design/components/Panel.tsx';
import NotFoundPage from '../errors/NotFoundPage.tsx';
import { SchemaForm } from './SchemaForm.tsx';

/** The settings of one plugin for this tenant, in a form drawn from the plugin's JSON Schema. */
export default function PluginSettingsPage(): ReactNode {
  const { t } = useTranslation();
  const { pluginId = '' } = useParams();
  const notify = useNotify();
  const message = useProblemMessage();
  const { data: list } = useListPluginsQuery();
  const { currentData: settings, error, refetch } = useGetPluginSettingsQuery(pluginId);
  const [update, { isLoading, error: refused }] = useUpdatePluginSettingsMutation();
  if (isApiProblem(error) && error.status === 404) return <NotFoundPage />;
  const title = list?.plugins.find((plugin) => plugin.id === pluginId)?.title ?? pluginId;
  const save = async (values: Record<string, unknown>): Promise<void> => {
    const answer = await update({ pluginId, body: values });
    if (answer.error === undefined) notify({ message: t('admin.settings_saved'), severity: 'success' });
  };
  return (
    <Page title={t('admin.settings_of', { plugin: title })} maxWidth="md">
      <Button href="/admin/plugins" startIcon={<ArrowBackRounded />} sx={{ mb: 1, ml: -1.75 }}>
        {t('admin.plugins')}
      </Button>
      <PageHeader title={t('admin.settings_of', { plugin: title })} />
      {settings === undefined && error === undefined && <LoadingState />}
      {settings === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {settings !== undefined && (
        <Panel>
          {isApiProblem(refused) && (
            <Alert severity="error" sx={{ mb: 2.5 }}>
              {message(refused)}
            </Alert>
          )}
          <SchemaForm
            schema={settings.schema}
            values={settings.values}
            problem={refused}
            busy={isLoading}
            onSave={(values) => void save(values)}
          />
        </Panel>
      )}
    </Page>
  );
}
