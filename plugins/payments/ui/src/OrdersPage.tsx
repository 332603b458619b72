import { Button } from '@mui/material';
import { EmptyState, ErrorState, LoadingState } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePaymentsListMyOrdersQuery } from './api.ts';
import { Frame } from './Frame.tsx';
import { OrderList } from './OrderList.tsx';
import { Pager } from './Pager.tsx';
import { usePaging } from './usePaging.ts';

/** What the reader ordered. */
export default function OrdersPage(): ReactNode {
  const { t } = useTranslation('payments');
  const paging = usePaging();
  const { data, error, refetch } = usePaymentsListMyOrdersQuery(paging.params);
  return (
    <Frame title={t('orders.title')} lead={t('orders.lead')}>
      {data === undefined && (error === undefined ? <LoadingState lines={3} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {data?.items.length === 0 && (
        <EmptyState
          role="status"
          title={t('orders.none')}
          description={t('orders.none_detail')}
          action={
            <Button variant="contained" href="/x/payments">
              {t('cart.to_shop')}
            </Button>
          }
        />
      )}
      {data !== undefined && data.items.length > 0 && <OrderList label={t('orders.title')} orders={data.items} root="/x/payments/orders" />}
      <Pager paging={paging} next={data?.next_cursor} />
    </Frame>
  );
}
