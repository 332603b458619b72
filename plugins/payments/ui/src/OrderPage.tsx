import { Box, Stack } from '@mui/material';
import { ErrorState, LoadingState, useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Frame } from './Frame.tsx';
import { Documents, OrderLines, Refunds } from './OrderDetails.tsx';
import { Standing } from './Standing.tsx';
import { useSettled } from './useSettled.ts';

/** One order: the page that buyers come back to from the provider's, which waits until the payment is known. */
export default function OrderPage(): ReactNode {
  const { t } = useTranslation('payments');
  const format = useFormat();
  const { id = '' } = useParams();
  const { order, error, refetch, looking, look } = useSettled(id);
  return (
    <Frame title={order === undefined ? t('order.title') : t('order.named', { number: order.number })} {...(order === undefined ? {} : { lead: t('order.placed', { time: format.dateTime(order.created_at) }) })}>
      {order === undefined && (error === undefined ? <LoadingState lines={3} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {order !== undefined && (
        <>
          <Standing order={order} looking={looking} onLook={look} />
          <Box sx={{ display: 'grid', gap: 3, alignItems: 'start', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: order.documents.length + order.refunds.length > 0 ? 'minmax(0, 3fr) minmax(0, 2fr)' : 'minmax(0, 1fr)' } }}>
            <OrderLines order={order} />
            <Stack sx={{ gap: 3, minWidth: 0 }}>
              <Documents order={order} />
              <Refunds order={order} />
            </Stack>
          </Box>
        </>
      )}
    </Frame>
  );
}
