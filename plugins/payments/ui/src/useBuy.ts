import { useNotify, useProblemMessage } from '@questline/ui-sdk';
import { useNavigate } from 'react-router';
import { usePaymentsGetCartQuery, usePaymentsSaveCartMutation } from './api.ts';
import type { Cart, CartLine, Price } from './types.ts';

const MOST = 20;

/** The lines of a cart with a price in it; what cannot be ordered together with it stays out. */
export function withPrice(cart: Cart | undefined, price: Price): readonly CartLine[] {
  const alone = Boolean(price.interval) || cart?.lines.some(({ interval }) => Boolean(interval)) === true;
  const kept = !alone && cart !== undefined && cart.currency === price.currency && cart.tax_inclusive === price.tax_inclusive ? cart.lines : [];
  const others = kept.filter(({ price_id: id, product_id: product }) => id !== price.id && product !== price.product_id);
  return [...others.slice(1 - MOST), { price_id: price.id, quantity: 1 }].map(({ price_id, quantity }) => ({ price_id, quantity }));
}

/** Puts a price into the cart and goes there. */
export function useBuy(): { readonly buy: (price: Price) => Promise<void>; readonly busy: boolean } {
  const { data: cart } = usePaymentsGetCartQuery();
  const [save, { isLoading: busy }] = usePaymentsSaveCartMutation();
  const navigate = useNavigate();
  const notify = useNotify();
  const message = useProblemMessage();
  const buy = async (price: Price): Promise<void> => {
    const answer = await save({
      lines: withPrice(cart, price),
      promotion_code: cart?.promotion_code ?? null,
      billing: cart?.billing ?? null,
    });
    if (answer.error === undefined) await navigate('/x/payments/cart');
    else notify({ message: message(answer.error), severity: 'error' });
  };
  return { buy, busy };
}
