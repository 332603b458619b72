import { renderInHost } from '@questline/ui-sdk/testing';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import contributions from '../contributions.ts';
import definition from '../src/index.tsx';
import { SeatAssignDialog, addresses, wrongOnes } from '../src/SeatAssignDialog.tsx';
import SeatRedeemPage from '../src/SeatRedeemPage.tsx';
import type { Seats } from '../src/seatsApi.ts';

const plugin = { manifest: { id: 'payments', contributions }, definition };
const user = { permissions: ['payments.orders.buy'] };
const ROOT = '/api/v1/p/payments';
const seats: Seats = {
  id: 's1', order_id: 'o1', order_number: 'O-000001', title: 'Tea', courses: [], seats: 2, invited: 0, taken: 0, free: 2, mine: true, buyer: null, created_at: '2026-11-01T10:00:00Z',
};

test('pasted addresses are read one by one, each once', () => {
  expect(addresses(' Ada@firm.example\n\nbob@firm.example; ada@firm.example,')).toEqual(['ada@firm.example', 'bob@firm.example']);
  expect(wrongOnes(['ada@firm.example', 'bob@firm', 'no address', 'a@b..c'])).toEqual(['bob@firm', 'no address', 'a@b..c']);
});

test('people are invited once all lines are right and seats are free', async () => {
  const assign = vi.fn<(body: unknown) => object>(() => ({ items: [{ email: 'ada@firm.example', outcome: 'invited', path: null }] }));
  const onInvited = vi.fn<() => void>();
  renderInHost(<SeatAssignDialog seats={seats} onInvited={onInvited} onClose={vi.fn<() => void>()} />, { plugin, user, answers: { [`POST ${ROOT}/seats/s1/people`]: assign } });
  const field = await screen.findByLabelText('E-mail addresses');
  await userEvent.type(field, 'ada@firm.example{Enter}nobody');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('This is no e-mail address: nobody')).toBeVisible();
  await userEvent.clear(field);
  await userEvent.type(field, 'a@b.example{Enter}c@d.example{Enter}e@f.example');
  expect(await screen.findByText('3 addresses, but 2 can be invited now.')).toBeVisible();
  expect(assign).not.toHaveBeenCalled();
  await userEvent.clear(field);
  await userEvent.type(field, 'ada@firm.example');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(onInvited).toHaveBeenCalled());
  expect(assign.mock.calls[0]?.[0]).toEqual({ emails: ['ada@firm.example'] });
});

test('a code is redeemed', async () => {
  const redeem = vi.fn<(body: unknown) => object>(() => ({ title: 'Tea', courses: [{ id: 'c1', slug: 'tea', title: 'All about tea' }] }));
  renderInHost(<SeatRedeemPage />, { plugin, user, answers: { [`POST ${ROOT}/seats/redeem`]: redeem } });
  await userEvent.click(await screen.findByRole('button', { name: 'Take my seat' }));
  expect(await screen.findByText('Write your code.')).toBeVisible();
  await userEvent.type(screen.getByLabelText('Code'), 'abcd-efgh-jklm-npqr');
  await userEvent.click(screen.getByRole('button', { name: 'Take my seat' }));
  expect(await screen.findByText('You have a seat: Tea')).toBeVisible();
  expect(redeem.mock.calls[0]?.[0]).toEqual({ code: 'abcd-efgh-jklm-npqr' });
});
