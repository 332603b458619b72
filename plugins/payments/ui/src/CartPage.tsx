import { Button } from '@mui/material';
import { EmptyState, ErrorState, LoadingState } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePaymentsGetCartQuery, usePaymentsSaveCartMutation } from './api.ts';
import { Checkout } from './Checkout.tsx';
import { Frame } from './Frame.tsx';

/** What the reader means to buy, and the way to pay for it. */
export default function CartPage(): ReactNode {
  const { t } = useTranslation('payments');
  const { data, error, refetch } = usePaymentsGetCartQuery();
  const [save, { isLoading }] = usePaymentsSaveCartMutation();
  const stuck = data !== undefined && data.lines.length === 0 && data.problem !== null;
  return (
    <Frame title={t('cart.title')}>
      {data === undefined && (error === undefined ? <LoadingState lines={3} height={110} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {stuck && (
        <EmptyState
          role="alert"
          title={t('cart.stuck')}
          description={t('cart.stuck_detail')}
          action={
            <Button variant="contained" loading={isLoading} onClick={() => void save({ lines: [], promotion_code: null, billing: data.billing })}>
              {t('cart.clear')}
            </Button>
          }
        />
      )}
      {data !== undefined && data.lines.length === 0 && !stuck && (
        <EmptyState
          role="status"
          title={t('cart.none')}
          description={t('cart.none_detail')}
          action={
            <Button variant="contained" href="/x/payments">
              {t('cart.to_shop')}
            </Button>
          }
        />
      )}
      {data !== undefined && data.lines.length > 0 && <Checkout cart={data} />}
    </Frame>
  );
}
