import { Box, Link } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Part } from './OrderDetails.tsx';
import { SeatCounts } from './SeatCounts.tsx';
import { usePaymentsListSeatsQuery } from './seatsApi.ts';

/** The seats that came with an order; nothing where it has none. */
export function SeatsOfOrder({ orderId }: { readonly orderId: string }): ReactNode {
  const { t } = useTranslation('payments');
  const { currentData } = usePaymentsListSeatsQuery({ order_id: orderId });
  if (currentData === undefined || currentData.items.length === 0) return null;
  return (
    <Part id="payments-order-seats" title={t('seats.title')}>
      <Box component="ul" aria-labelledby="payments-order-seats" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2 }}>
        {currentData.items.map((seats) => (
          <Box component="li" key={seats.id} sx={{ display: 'grid', gap: 1 }}>
            <Link href={`/x/payments/seats/${seats.id}`} sx={{ overflowWrap: 'anywhere' }}>
              {seats.title}
            </Link>
            <SeatCounts seats={seats} />
          </Box>
        ))}
      </Box>
    </Part>
  );
}
