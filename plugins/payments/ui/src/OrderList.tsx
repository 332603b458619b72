import { Box, Card, Link, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useMoney } from './money.ts';
import { StateChip } from './StateChip.tsx';
import type { OrderCard } from './types.ts';

interface OrderListProps {
  readonly label: string;
  readonly orders: readonly OrderCard[];
  /** Where an order is shown: its id follows. */
  readonly root: string;
}

/** Orders, each with its number, what was ordered, its amount and how it stands. */
export function OrderList({ label, orders, root }: OrderListProps): ReactNode {
  const money = useMoney();
  const format = useFormat();
  return (
    <Card component="ul" aria-label={label} sx={{ m: 0, px: { xs: 2, sm: 3 }, py: 0.5, listStyle: 'none' }}>
      {orders.map((order) => (
        <Box
          component="li"
          key={order.id}
          sx={{
            display: 'grid',
            gridTemplateColumns: { xs: 'minmax(0, 1fr) auto', sm: 'minmax(0, 1fr) auto 7rem' },
            columnGap: 2,
            rowGap: 0.75,
            alignItems: 'center',
            py: 1.75,
            borderTop: '1px solid var(--ql-color-line)',
            '&:first-of-type': { borderTop: 0 },
          }}
        >
          <Box sx={{ minWidth: 0, gridColumn: { xs: '1 / -1', sm: 'auto' } }}>
            <Link href={`${root}/${order.id}`} variant="h4" sx={{ overflowWrap: 'anywhere' }}>
              {order.title}
            </Link>
            <Typography variant="body2" color="textSecondary" sx={{ mt: 0.25 }}>
              {[order.number, order.buyer?.display_name, format.dateTime(order.created_at)].filter(Boolean).join(' · ')}
            </Typography>
          </Box>
          <Box sx={{ justifySelf: { xs: 'start', sm: 'end' } }}>
            <StateChip state={order.state} />
          </Box>
          <Typography sx={{ textAlign: 'right', fontWeight: 600, whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>{money(order.total, order)}</Typography>
        </Box>
      ))}
    </Card>
  );
}
