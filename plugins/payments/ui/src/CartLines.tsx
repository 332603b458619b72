import DeleteRounded from '@mui/icons-material/DeleteOutlineRounded';
import { Box, IconButton, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoney } from './money.ts';
import { SeatQuantity } from './SeatQuantity.tsx';
import type { Cart } from './types.ts';

interface CartLinesProps {
  readonly cart: Cart;
  readonly onRemove: (priceId: string) => void;
  readonly onQuantity: (priceId: string, quantity: number) => void;
}

/** What is in the cart. */
export function CartLines({ cart, onRemove, onQuantity }: CartLinesProps): ReactNode {
  const { t } = useTranslation('payments');
  const money = useMoney();
  return (
    <Box component="ul" aria-label={t('cart.lines')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {cart.lines.map((line) => (
        <Box
          component="li"
          key={line.price_id}
          sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, py: 1.5, borderTop: '1px solid var(--ql-color-line)', '&:first-of-type': { borderTop: 0 } }}
        >
          <Typography variant="h4" component="p" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
            {line.title}
            {line.interval ? (
              <Typography component="span" variant="body2" color="textSecondary" sx={{ display: 'block' }}>
                {t(`renews.${line.interval}`)}
              </Typography>
            ) : null}
          </Typography>
          {line.kind === 'seats' && <SeatQuantity label={t('seats.quantity_named', { title: line.title })} value={line.quantity} onChange={(quantity) => onQuantity(line.price_id, quantity)} />}
          <Typography sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>{money(line.subtotal, cart)}</Typography>
          <IconButton aria-label={t('cart.remove_named', { title: line.title })} onClick={() => onRemove(line.price_id)}>
            <DeleteRounded />
          </IconButton>
        </Box>
      ))}
    </Box>
  );
}
