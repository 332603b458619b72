import { Chip } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { WebhookCard } from './api.ts';
import { TEXTS } from './texts.ts';

/** Whether a webhook is on, off, or on and failing. */
export function StateChip({ webhook }: { readonly webhook: WebhookCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const failing = webhook.failing_since !== null;
  if (!webhook.enabled) return <Chip size="small" label={t('state_off')} color={webhook.disabled_reason === null ? 'default' : 'error'} />;
  return <Chip size="small" label={t(failing ? 'state_failing' : 'state_on')} color={failing ? 'warning' : 'success'} />;
}
