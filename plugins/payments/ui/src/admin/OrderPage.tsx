import { Box, Button, Stack, Typography } from '@mui/material';
import { ErrorState, LoadingState, useFormat, usePermission } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useParams } from 'react-router';
import { usePaymentsGetOrderQuery } from '../api.ts';
import { useMoney } from '../money.ts';
import { Documents, OrderLines, Part, Refunds } from '../OrderDetails.tsx';
import { StateChip } from '../StateChip.tsx';
import type { Order } from '../types.ts';
import { usePaymentsListLedgerQuery } from './api.ts';
import { Entries } from './Entries.tsx';
import { SeatsOfOrder } from '../SeatsOfOrder.tsx';
import { Frame } from './Frame.tsx';
import { RefundDialog } from './RefundDialog.tsx';
import { useTexts } from './texts.ts';
import { Timeline } from './Timeline.tsx';

function Facts({ order }: { readonly order: Order }): ReactNode {
  const t = useTexts();
  const money = useMoney();
  const { billing } = order;
  const facts = [
    ['buyer', order.buyer?.display_name],
    ['provider', order.provider],
    ['paid', money(order.paid, order)],
    ['refunded', order.refunded > 0 ? money(order.refunded, order) : undefined],
    ['disputed', order.disputed > 0 ? money(order.disputed, order) : undefined],
    ['surplus', order.surplus > 0 ? money(order.surplus, order) : undefined],
    ['code', order.promotion_code],
    ['invoice_to', billing === null ? undefined : [billing.name, billing.address, billing.country, billing.vat_id].filter(Boolean).join(', ')],
  ] as const;
  return (
    <Part id="payments-facts" title={t('admin.order.facts')}>
      <StateChip state={order.state} />
      <Box component="dl" sx={{ m: 0, mt: 2, display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 2, rowGap: 0.75 }}>
        {facts.map(([key, value]) =>
          typeof value === 'string' && value !== '' ? (
            <Box key={key} sx={{ display: 'contents' }}>
              <Typography component="dt" color="textSecondary">
                {t(`admin.order.${key}`)}
              </Typography>
              <Typography component="dd" sx={{ m: 0, overflowWrap: 'anywhere' }}>
                {value}
              </Typography>
            </Box>
          ) : null,
        )}
      </Box>
    </Part>
  );
}

/** One order with its timeline, its entries in the ledger, and the way to give money back. */
export default function OrderPage(): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const { id = '' } = useParams();
  const { currentData: order, error, refetch } = usePaymentsGetOrderQuery(id);
  const { currentData: ledger } = usePaymentsListLedgerQuery({ order_id: id });
  const may = usePermission('payments.orders.manage');
  const [refunding, setRefunding] = useState(false);
  if (order === undefined) {
    return (
      <Frame page="orders" title={t('order.title')} lead="">
        {error === undefined ? <LoadingState lines={3} height={140} /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </Frame>
    );
  }
  const button = may && order.refundable + order.surplus > 0 && (
    <Button variant="contained" onClick={() => setRefunding(true)}>
      {t('admin.refund.open')}
    </Button>
  );
  return (
    <Frame page="orders" title={t('order.named', { number: order.number })} lead={t('order.placed', { time: format.dateTime(order.created_at) })} actions={button}>
      <Box sx={{ display: 'grid', gap: 3, alignItems: 'start', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 3fr) minmax(0, 2fr)' } }}>
        <Stack sx={{ gap: 3, minWidth: 0 }}>
          <OrderLines order={order} />
          <SeatsOfOrder orderId={id} />
          <Timeline entries={order.timeline} />
        </Stack>
        <Stack sx={{ gap: 3, minWidth: 0 }}>
          <Facts order={order} />
          <Refunds order={order} />
          <Documents order={order} />
          {ledger !== undefined && ledger.items.length > 0 && (
            <Part id="payments-ledger" title={t('admin.ledger.name')}>
              <Entries entries={ledger.items} label={t('admin.ledger.name')} />
            </Part>
          )}
        </Stack>
      </Box>
      {refunding && <RefundDialog order={order} onClose={() => setRefunding(false)} />}
    </Frame>
  );
}
