import { Box, Button } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { Frame } from './Frame.tsx';
import { leave } from './leave.ts';
import { SubscriptionList } from './SubscriptionList.tsx';
import { usePaymentsCancelSubscriptionMutation, usePaymentsKeepSubscriptionMutation, usePaymentsListMySubscriptionsQuery, usePaymentsPaySubscriptionMutation } from './subscriptionsApi.ts';
import type { Subscription } from './types.ts';

function Actions({ subscription, onCancel }: { readonly subscription: Subscription; readonly onCancel: () => void }): ReactNode {
  const { t } = useTranslation('payments');
  const notify = useNotify();
  const message = useProblemMessage();
  const [keep, keeping] = usePaymentsKeepSubscriptionMutation();
  const [pay, paying] = usePaymentsPaySubscriptionMutation();
  const { id, state, title } = subscription;
  if (state === 'ended') return null;
  const onKeep = async (): Promise<void> => {
    const { error } = await keep(id);
    if (error !== undefined) notify({ message: message(error), severity: 'error' });
  };
  const onPay = async (): Promise<void> => {
    const { data, error } = await pay(id);
    if (data !== undefined) leave(data.url);
    else notify({ message: message(error), severity: 'error' });
  };
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      {state === 'past_due' && (
        <Button variant="contained" size="small" loading={paying.isLoading} aria-label={t('subscriptions.pay_named', { title })} onClick={() => void onPay()}>
          {t('subscriptions.pay')}
        </Button>
      )}
      {state === 'ending' ? (
        <Button variant="outlined" size="small" loading={keeping.isLoading} aria-label={t('subscriptions.keep_named', { title })} onClick={() => void onKeep()}>
          {t('subscriptions.keep')}
        </Button>
      ) : (
        <Button variant="outlined" size="small" color="error" aria-label={t('subscriptions.cancel_named', { title })} onClick={onCancel}>
          {t('subscriptions.cancel')}
        </Button>
      )}
    </Box>
  );
}

/** What the reader subscribed to. */
export default function SubscriptionsPage(): ReactNode {
  const { t } = useTranslation('payments');
  const format = useFormat();
  const message = useProblemMessage();
  const { data, error, refetch } = usePaymentsListMySubscriptionsQuery();
  const [cancel, cancelling] = usePaymentsCancelSubscriptionMutation();
  const [asked, setAsked] = useState<Subscription>();
  const onConfirm = async ({ id }: Subscription): Promise<void> => {
    const answer = await cancel({ id, at_end: true });
    if (answer.error === undefined) setAsked(undefined);
  };
  return (
    <Frame title={t('subscriptions.title')} lead={t('subscriptions.lead')}>
      {data === undefined && (error === undefined ? <LoadingState lines={3} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {data?.items.length === 0 && (
        <EmptyState
          role="status"
          title={t('subscriptions.none')}
          description={t('subscriptions.none_detail')}
          action={
            <Button variant="contained" href="/x/payments">
              {t('cart.to_shop')}
            </Button>
          }
        />
      )}
      {data !== undefined && data.items.length > 0 && (
        <SubscriptionList
          label={t('subscriptions.title')}
          subscriptions={data.items}
          renderActions={(each) => (
            <Actions
              subscription={each}
              onCancel={() => {
                cancelling.reset();
                setAsked(each);
              }}
            />
          )}
        />
      )}
      {asked !== undefined && (
        <ConfirmDialog
          title={t('subscriptions.cancel_title', { title: asked.title })}
          detail={t(asked.state === 'past_due' ? 'subscriptions.cancel_unpaid' : 'subscriptions.cancel_detail', { date: format.date(asked.period_end ?? asked.created_at) })}
          action={t('subscriptions.cancel')}
          keep={t('subscriptions.back')}
          busy={cancelling.isLoading}
          problem={cancelling.error === undefined ? undefined : message(cancelling.error)}
          onConfirm={() => void onConfirm(asked)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Frame>
  );
}
