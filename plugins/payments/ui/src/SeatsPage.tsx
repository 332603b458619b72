import { Box, Button, Card, Link, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Frame } from './Frame.tsx';
import { Pager } from './Pager.tsx';
import { SeatCounts } from './SeatCounts.tsx';
import { type Seats, usePaymentsListMySeatsQuery } from './seatsApi.ts';
import { usePaging } from './usePaging.ts';

/** Seats in a list, each with how many are free. */
export function SeatsList({ label, items }: { readonly label: string; readonly items: readonly Seats[] }): ReactNode {
  const { t } = useTranslation('payments');
  return (
    <Box component="ul" aria-label={label} sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2 }}>
      {items.map((each) => (
        <Card component="li" key={each.id} sx={{ p: { xs: 2, sm: 3 }, display: 'grid', gap: 1.5 }}>
          <Box>
            <Typography variant="h4" component="h2" sx={{ overflowWrap: 'anywhere' }}>
              <Link href={`/x/payments/seats/${each.id}`}>{each.title}</Link>
            </Typography>
            <Typography variant="body2" color="textSecondary">
              {t('order.named', { number: each.order_number })}
            </Typography>
          </Box>
          <SeatCounts seats={each} />
        </Card>
      ))}
    </Box>
  );
}

/** What the reader bought for others. */
export default function SeatsPage(): ReactNode {
  const { t } = useTranslation('payments');
  const paging = usePaging();
  const { data, error, refetch } = usePaymentsListMySeatsQuery(paging.params);
  return (
    <Frame
      title={t('seats.title')}
      lead={t('seats.lead')}
      actions={
        <Button variant="outlined" href="/x/payments/redeem">
          {t('seats.redeem.open')}
        </Button>
      }
    >
      {data === undefined && (error === undefined ? <LoadingState lines={3} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {data?.items.length === 0 && (
        <EmptyState
          role="status"
          title={t('seats.none')}
          description={t('seats.none_detail')}
          action={
            <Button variant="contained" href="/x/payments">
              {t('cart.to_shop')}
            </Button>
          }
        />
      )}
      {data !== undefined && data.items.length > 0 && <SeatsList label={t('seats.title')} items={data.items} />}
      <Pager paging={paging} next={data?.next_cursor} />
    </Frame>
  );
}
