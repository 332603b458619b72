import { Alert, AlertTitle, Button, IconButton } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PathIcon } from './PathIcon.tsx';

const WARNING = 'M12 3 1.5 21h21L12 3Zm1 14.5h-2v-2h2v2Zm0-4h-2v-4h2v4Z';

interface PluginErrorCardProps {
  readonly plugin: { readonly id: string; readonly title: string; readonly version: string };
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** Only a sign that says it when pointed at, for places as small as the top bar. */
  readonly compact?: boolean;
}

/** Says which plugin failed and how, in the place where it would have been drawn. */
export function PluginErrorCard({ plugin, error, onRetry, compact = false }: PluginErrorCardProps): ReactNode {
  const { t } = useTranslation('sdk');
  const name = error instanceof Error ? error.name : typeof error;
  const failed = t('plugin_failed', { title: plugin.title });
  const detail = t('plugin_failed_detail', { id: plugin.id, version: plugin.version, error: name });
  if (compact) {
    return (
      <IconButton
        color="warning"
        data-plugin-error={plugin.id}
        title={`${failed}. ${detail}`}
        aria-label={`${failed}. ${t('retry')}`}
        onClick={onRetry}
      >
        <PathIcon path={WARNING} />
      </IconButton>
    );
  }
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
      <AlertTitle>{failed}</AlertTitle>
      {detail}
    </Alert>
  );
}
