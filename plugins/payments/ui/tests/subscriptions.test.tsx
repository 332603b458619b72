import { renderInHost } from '@questline/ui-sdk/testing';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import contributions from '../contributions.ts';
import { PriceDialog } from '../src/admin/PriceDialog.tsx';
import definition from '../src/index.tsx';
import { leave } from '../src/leave.ts';
import SubscriptionsPage from '../src/SubscriptionsPage.tsx';
import type { Subscription } from '../src/types.ts';

vi.mock(import('../src/leave.ts'), () => ({ leave: vi.fn<(url: string) => void>() }));

const plugin = { manifest: { id: 'payments', contributions }, definition };
const user = { permissions: ['payments.orders.buy', 'payments.catalogue.manage'] };
const ROOT = '/api/v1/p/payments';
const tea: Subscription = {
  id: 's1', state: 'active', title: 'Tea', interval: 'month', currency: 'EUR', exponent: 2, amount: 1000, period_end: '2026-12-01T10:00:00Z', grace_until: null, failure: '',
  created_at: '2026-11-01T10:00:00Z', ended_at: null, buyer: null,
};

test('a subscription is cancelled after a question', async () => {
  const cancel = vi.fn<(body: unknown) => object>(() => ({ ...tea, state: 'ending' }));
  renderInHost(<SubscriptionsPage />, { plugin, user, answers: { [`GET ${ROOT}/me/subscriptions`]: { items: [tea] }, [`POST ${ROOT}/subscriptions/s1/cancel`]: cancel } });
  expect(await screen.findByText('€10.00 per month')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Cancel subscription: Tea' }));
  expect(cancel).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Cancel subscription' }));
  await waitFor(() => expect(cancel).toHaveBeenCalled());
  expect(cancel.mock.calls[0]?.[0]).toEqual({ at_end: true });
});

test('an unpaid renewal leads to the page to pay it', async () => {
  const unpaid = { ...tea, state: 'past_due', failure: 'The card was declined.', grace_until: '2026-12-08T10:00:00Z' };
  renderInHost(<SubscriptionsPage />, {
    plugin,
    user,
    answers: { [`GET ${ROOT}/me/subscriptions`]: { items: [unpaid] }, [`POST ${ROOT}/subscriptions/s1/payment`]: { order_id: 'o1', url: 'http://bank.example/page' } },
  });
  expect(await screen.findByText(/The card was declined/u)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Pay now: Tea' }));
  await waitFor(() => expect(leave).toHaveBeenCalledWith('http://bank.example/page'));
});

test('a price is offered by the month', async () => {
  const add = vi.fn<(body: unknown) => object>(() => ({}));
  const product = { id: 'a', kind: 'course', title: 'Tea', summary: '', course_ids: [], active: true, prices: [] } as const;
  renderInHost(<PriceDialog product={product} onClose={vi.fn<() => void>()} />, { plugin, user, answers: { [`POST ${ROOT}/products/a/prices`]: add } });
  await userEvent.type(await screen.findByLabelText('Amount'), '10');
  await userEvent.click(screen.getByLabelText('Paid'));
  await userEvent.click(await screen.findByRole('option', { name: 'per month' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(add).toHaveBeenCalled());
  expect(add.mock.calls[0]?.[0]).toEqual({ currency: 'EUR', amount: 1000, tax_inclusive: true, interval: 'month' });
});
