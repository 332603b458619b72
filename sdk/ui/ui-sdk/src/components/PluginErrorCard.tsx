import { Alert, AlertTitle, Button } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface PluginErrorCardProps {
  readonly plugin: { readonly id: string; readonly title: string; readonly version: string };
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** Says which plugin failed and how, in the place where it would have been drawn. */
export function PluginErrorCard({ plugin, error, onRetry }: PluginErrorCardProps): ReactNode {
  const { t } = useTranslation('sdk');
  const name = error instanceof Error ? error.name : typeof error;
  return (
    <Alert
      severity="warning"
      variant="outlined"
      data-plugin-error={plugin.id}
      action={
        onRetry && (
          <Button color="inherit" size="small" onClick={onRetry}>
            {t('retry')}
          </Button>
        )
      }
    >
      <AlertTitle>{t('plugin_failed', { title: plugin.title })}</AlertTitle>
      {t('plugin_failed_detail', { id: plugin.id, version: plugin.version, error: name })}
    </Alert>
  );
}
