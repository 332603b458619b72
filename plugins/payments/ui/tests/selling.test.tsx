import { renderInHost } from '@questline/ui-sdk/testing';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import contributions from '../contributions.ts';
import { CouponDialog } from '../src/admin/CouponDialog.tsx';
import { RefundDialog } from '../src/admin/RefundDialog.tsx';
import { linesOf } from '../src/admin/RefundLines.tsx';
import { Checkout } from '../src/Checkout.tsx';
import definition from '../src/index.tsx';
import { leave } from '../src/leave.ts';
import type { Cart, Order, OrderLine } from '../src/types.ts';

vi.mock(import('../src/leave.ts'), () => ({ leave: vi.fn<(url: string) => void>() }));

const plugin = { manifest: { id: 'payments', contributions }, definition };
const user = { permissions: ['payments.orders.buy', 'payments.orders.read', 'payments.orders.manage', 'payments.catalogue.manage'] };
const billing = { name: 'Ada', country: 'DE', customer_type: 'person', vat_id: null, address: '' } as const;
const quoted = { price_id: 'p1', product_id: 'a', title: 'Tea', quantity: 1, unit_amount: 5000, subtotal: 5000, discount: 0, tax: 0, tax_percent: '0.00', total: 5000 };
const cart: Cart = { lines: [quoted], currency: 'EUR', exponent: 2, subtotal: 5000, discount: 0, tax: 0, total: 5000, tax_inclusive: true, promotion_code: null, billing, problem: null };
const line = (id: string, title: string, refunded = 0): OrderLine => ({ ...quoted, id, title, refunded, courses: [] });
const order: Order = {
  id: 'o1', number: 'O-000001', state: 'paid', title: 'Tea, Coffee', currency: 'EUR', exponent: 2, total: 10_000, provider: 'payments_sandbox', created_at: '2026-11-01T10:00:00Z',
  buyer: { id: 'u1', display_name: 'Ada' }, lines: [line('l1', 'Tea'), line('l2', 'Coffee', 2000)], subtotal: 10_000, discount: 0, tax: 0, tax_inclusive: true, paid: 10_000, refunded: 2000,
  disputed: 0, refundable: 8000, surplus: 0, promotion_code: null, billing, checkout_url: null, expires_at: null, can_cancel: false, documents: [], refunds: [], timeline: [],
};

test('parts of lines are read exactly, and none is more than is left', () => {
  expect(linesOf(order, { l1: '12,5', l2: '' })).toEqual([{ line_id: 'l1', amount: 1250 }]);
  expect(linesOf(order, { l1: '50.00', l2: '30' })).toEqual([{ line_id: 'l1', amount: 5000 }, { line_id: 'l2', amount: 3000 }]);
  expect(linesOf(order, { l2: '30.01' })).toBeUndefined();
  expect(linesOf(order, { l1: 'all' })).toBeUndefined();
});

test('an order is refunded by line', async () => {
  const refund = vi.fn<(body: unknown) => object>(() => order);
  renderInHost(<RefundDialog order={order} onClose={vi.fn<() => void>()} />, { plugin, user, answers: { 'POST /api/v1/p/payments/orders/o1/refunds': refund } });
  await userEvent.click(await screen.findByRole('radio', { name: 'By line' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Write an amount of at most €30.00.')).toBeVisible();
  await userEvent.type(screen.getByLabelText('Coffee: amount in EUR'), '30');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Refund now' }));
  await waitFor(() => expect(refund).toHaveBeenCalled());
  expect(refund.mock.calls[0]?.[0]).toEqual({ amount: null, lines: [{ line_id: 'l2', amount: 3000 }], surplus: false, reason: '' });
});

test('a promotion code is limited to products', async () => {
  const add = vi.fn<(body: unknown) => object>(() => ({}));
  const products = ['Tea', 'Coffee'].map((title) => ({ id: title.toLowerCase(), kind: 'course', title, summary: '', course_ids: [], active: true, prices: [] }));
  renderInHost(<CouponDialog coupon={null} onClose={vi.fn<() => void>()} />, {
    plugin,
    user,
    answers: { 'GET /api/v1/p/payments/products': { items: products, next_cursor: null }, 'POST /api/v1/p/payments/coupons': add },
  });
  await userEvent.type(await screen.findByLabelText('Code'), 'tea20');
  await userEvent.type(screen.getByLabelText('Per cent'), '20');
  await userEvent.click(screen.getByLabelText('Only for (optional)'));
  await userEvent.click(await screen.findByRole('option', { name: 'Tea' }));
  await userEvent.keyboard('{Escape}');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(add).toHaveBeenCalled());
  expect(add.mock.calls[0]?.[0]).toMatchObject({ code: 'TEA20', percent: 20, product_ids: ['tea'] });
});

test('who comes back from the provider by the browser’s button can pay again', async () => {
  renderInHost(<Checkout cart={cart} />, {
    plugin,
    user,
    answers: {
      'GET /api/v1/p/payments/providers': { items: [{ name: 'payments_sandbox', title: 'Test payments', test: true }] },
      'GET /api/v1/p/payments/me/cart': cart,
      'PUT /api/v1/p/payments/me/cart': cart,
      'POST /api/v1/p/payments/orders': { ...order, state: 'open', checkout_url: 'http://bank.example/page' },
    },
  });
  const pay = await screen.findByRole('button', { name: 'Pay €50.00' });
  await waitFor(() => expect(pay).toBeEnabled());
  await userEvent.click(pay);
  await waitFor(() => expect(leave).toHaveBeenCalledWith('http://bank.example/page'));
  await waitFor(() => expect(pay).toBeDisabled());
  act(() => void dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })));
  expect(pay).toBeEnabled();
});
