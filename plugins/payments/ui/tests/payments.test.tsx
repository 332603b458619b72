import { renderInHost } from '@questline/ui-sdk/testing';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import contributions from '../contributions.ts';
import { CourseAction } from '../src/CourseAction.tsx';
import definition from '../src/index.tsx';
import { exponentOf, minorOf, typed } from '../src/money.ts';
import type { Cart, Price } from '../src/types.ts';
import { withPrice } from '../src/useBuy.ts';

const plugin = { manifest: { id: 'payments', contributions }, definition };
const permissions = ['payments.orders.buy'];
const price: Price = { id: 'p1', product_id: 'a', currency: 'EUR', exponent: 2, amount: 4900, tax_inclusive: true, active: true };
const offer = { product_id: 'a', kind: 'course', title: 'Course A', summary: '', courses: [], prices: [price], owned: false };
const cart: Cart = {
  lines: [], currency: null, exponent: 2, subtotal: 0, discount: 0, tax: 0, total: 0, tax_inclusive: true, promotion_code: null, billing: null, problem: null,
};
const line = { product_id: 'b', title: 'B', quantity: 1, unit_amount: 1, subtotal: 1, discount: 0, tax: 0, tax_percent: '0.00', total: 1 };

test('amounts are read and written exactly, in each currency', () => {
  expect(minorOf('49', 2)).toBe(4900);
  expect(minorOf(' 49,9 ', 2)).toBe(4990);
  expect(minorOf('0.07', 2)).toBe(7);
  expect(minorOf('1.234', 3)).toBe(1234);
  expect(minorOf('500', 0)).toBe(500);
  expect(['', '-1', '1.234', '1e3', '1,000.00'].map((text) => minorOf(text, 2))).toEqual(Array.from({ length: 5 }));
  expect(typed(4990, 2)).toBe('49.90');
  expect(['EUR', 'JPY', 'KWD', 'eur'].map(exponentOf)).toEqual([2, 0, 3, undefined]);
});

test('what cannot be ordered together does not stay in the cart', () => {
  const euros: Cart = { ...cart, currency: 'EUR', lines: [{ ...line, price_id: 'p2' }] };
  expect(withPrice(euros, price).map((each) => each.price_id)).toEqual(['p2', 'p1']);
  expect(withPrice({ ...euros, currency: 'USD' }, price).map((each) => each.price_id)).toEqual(['p1']);
  expect(withPrice({ ...euros, tax_inclusive: false }, price).map((each) => each.price_id)).toEqual(['p1']);
  expect(withPrice({ ...euros, lines: [{ ...line, product_id: 'a', price_id: 'p0' }] }, price).map((each) => each.price_id)).toEqual(['p1']);
});

test('a course that is sold shows its price and puts it into the cart', async () => {
  const put = vi.fn<(body: unknown) => object>(() => cart);
  renderInHost(<CourseAction courseId="c">Enrol</CourseAction>, {
    plugin,
    user: { permissions },
    answers: {
      'GET /api/v1/p/payments/courses/c/access': { for_sale: true, entitled: false, offers: [offer] },
      'GET /api/v1/p/payments/me/cart': cart,
      'PUT /api/v1/p/payments/me/cart': put,
    },
  });
  expect(await screen.findByText('€49.00')).toBeVisible();
  expect(screen.queryByText('Enrol')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Buy this course' }));
  await waitFor(() => expect(put).toHaveBeenCalled());
  expect(put.mock.calls[0]?.[0]).toEqual({ lines: [{ price_id: 'p1', quantity: 1 }], promotion_code: null, billing: null });
});

test.each([
  { for_sale: false, entitled: true, offers: [] },
  { for_sale: true, entitled: true, offers: [offer] },
  Response.json({ code: 'internal', title: 'Broken' }, { status: 500 }),
])('a course that is free, held, or of which nothing is known keeps its own way in', async (answer) => {
  renderInHost(<CourseAction courseId="c">Enrol</CourseAction>, { plugin, user: { permissions }, answers: { 'GET /api/v1/p/payments/courses/c/access': answer } });
  expect(await screen.findByText('Enrol')).toBeVisible();
});
