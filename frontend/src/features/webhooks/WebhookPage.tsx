import { Alert, Button, Stack, Typography } from '@mui/material';
import { ErrorState, LoadingState, Page, PageHeader, useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import { useNavigate, useParams } from 'react-router';
import { ConfirmDialog } from '../extensions/ConfirmDialog.tsx';
import {
  type WebhookCard,
  useDeleteWebhookMutation,
  useGetWebhookQuery,
  usePingWebhookMutation,
  useRotateWebhookSecretMutation,
  useUpdateWebhookMutation,
  webhooksApi,
} from './api.ts';
import { DeliveryLog } from './DeliveryLog.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { StateChip } from './StateChip.tsx';
import { TEXTS } from './texts.ts';
import { useEventsText } from './useEventsText.ts';
import { WebhookDialog } from './WebhookDialog.tsx';

/** One webhook: what is wrong with it, what can be done, and what was sent. */
export default function WebhookPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { webhookId = '' } = useParams();
  const { data, error, refetch } = useGetWebhookQuery(webhookId, { pollingInterval: 5000, skipPollingIfUnfocused: true });
  return (
    <Page title={data?.url ?? t('title')} maxWidth="md">
      {data === undefined && error === undefined && <LoadingState lines={4} height={84} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <Shown webhook={data} />}
    </Page>
  );
}

function Shown({ webhook }: { readonly webhook: WebhookCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const events = useEventsText();
  return (
    <>
      <PageHeader overline={t('title')} title={webhook.url} description={webhook.description} />
      <Stack sx={{ gap: 3 }}>
        <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center', flexWrap: 'wrap' }}>
          <StateChip webhook={webhook} />
          <Typography variant="body2">{events(webhook.event_types)}</Typography>
        </Stack>
        {webhook.disabled_reason !== null && <Alert severity="error">{t(`given_up_${webhook.disabled_reason}`)}</Alert>}
        {webhook.enabled && webhook.failing_since !== null && (
          <Alert severity="warning">{t('failing_since', { date: format.dateTime(webhook.failing_since) })}</Alert>
        )}
        {webhook.previous_until !== null && (
          <Alert severity="info">{t('two_secrets', { date: format.dateTime(webhook.previous_until) })}</Alert>
        )}
        <Actions webhook={webhook} />
        <DeliveryLog webhookId={webhook.id} />
      </Stack>
    </>
  );
}

function Actions({ webhook }: { readonly webhook: WebhookCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const message = useProblemMessage();
  const navigate = useNavigate();
  const dispatch = useDispatch();
  const [open, setOpen] = useState<'edit' | 'secret' | 'delete'>();
  const [secret, setSecret] = useState<string>();
  const [ping, pinging] = usePingWebhookMutation();
  const [update, updating] = useUpdateWebhookMutation();
  const [rotate, rotating] = useRotateWebhookSecretMutation();
  const [remove, removing] = useDeleteWebhookMutation();
  const close = (): void => setOpen(undefined);
  const told = (error: unknown, done: string): void =>
    notify(error === undefined ? { message: done, severity: 'success' } : { message: message(error), severity: 'error' });
  const change = async (): Promise<void> => {
    const answer = await rotate(webhook.id);
    if (answer.data === undefined) return;
    close();
    setSecret(answer.data.secret);
  };
  const confirmRemoval = async (): Promise<void> => {
    const answer = await remove(webhook.id);
    if (answer.error !== undefined) return;
    told(undefined, t('deleted'));
    await navigate('/admin/webhooks');
    // Only now, since this page would ask for what is gone.
    dispatch(webhooksApi.util.invalidateTags(['Webhooks']));
  };
  return (
    <Stack direction="row" sx={{ gap: 1.5, flexWrap: 'wrap' }}>
      <Button
        variant="contained"
        loading={pinging.isLoading}
        onClick={() => void ping(webhook.id).then(({ error }) => told(error, t('tested')))}
      >
        {t('test')}
      </Button>
      <Button variant="outlined" onClick={() => setOpen('edit')}>
        {t('edit')}
      </Button>
      <Button
        variant="outlined"
        loading={updating.isLoading}
        onClick={() =>
          void update({ webhookId: webhook.id, webhookChanges: { enabled: !webhook.enabled } }).then(({ error }) =>
            told(error, t('saved')),
          )
        }
      >
        {t(webhook.enabled ? 'switch_off' : 'switch_on')}
      </Button>
      <Button variant="outlined" onClick={() => setOpen('secret')}>
        {t('secret')}
      </Button>
      <Button variant="outlined" color="error" onClick={() => setOpen('delete')}>
        {t('delete')}
      </Button>
      {open === 'edit' && <WebhookDialog webhook={webhook} onClose={close} />}
      {open === 'secret' && (
        <ConfirmDialog
          title={t('secret')}
          action={t('secret')}
          stops={false}
          busy={rotating.isLoading}
          problem={rotating.error}
          onConfirm={() => void change()}
          onClose={close}
        >
          <Typography>{t('secret_text')}</Typography>
        </ConfirmDialog>
      )}
      {open === 'delete' && (
        <ConfirmDialog
          title={t('delete_title')}
          action={t('delete')}
          stops
          busy={removing.isLoading}
          problem={removing.error}
          onConfirm={() => void confirmRemoval()}
          onClose={close}
        >
          <Typography>{t('delete_text')}</Typography>
        </ConfirmDialog>
      )}
      {secret !== undefined && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
    </Stack>
  );
}
