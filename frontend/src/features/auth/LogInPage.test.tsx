import { definePlugin } from '@questline/ui-sdk';
import { renderInHost } from '@questline/ui-sdk/testing';
import { fireEvent, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import design from '../../design/en.json';
import shell from '../shell/en.json';
import auth from './en.json';
import LogInPage from './LogInPage.tsx';

const contributions = {} as const;
const plugin = {
  manifest: { id: 'host', contributions },
  definition: definePlugin(contributions, { views: {}, resources: { en: { auth, design, shell } } }),
};
const NEEDED = { ticket: 'ticket', app: true, recovery_code: true, passkey: null, remember_days: 30 };

async function logIn(answers: Readonly<Record<string, unknown>>) {
  const user = userEvent.setup();
  const host = renderInHost(<LogInPage />, { answers, plugin, user: null });
  fireEvent.change(screen.getByLabelText(/E-mail address/u), { target: { value: 'ada@example.com' } });
  fireEvent.change(screen.getByLabelText(/^Password/u), { target: { value: 'a walk along the river' } });
  await user.click(screen.getByRole('button', { name: 'Log in' }));
  return { user, host };
}

test('who has a second factor is asked for it, and told when the code is wrong', async () => {
  const problem = { code: 'invalid_input', title: 'Invalid', errors: [{ field: 'code', message: 'is wrong' }] };
  const { user, host } = await logIn({
    'POST /api/v1/auth/log-in': Response.json(NEEDED, { status: 202 }),
    'POST /api/v1/auth/second-factor': Response.json(problem, { status: 422 }),
  });
  fireEvent.change(await screen.findByLabelText(/^Code/u, {}, { timeout: 4000 }), { target: { value: '123456' } });
  await user.click(screen.getByRole('checkbox'));
  await user.click(screen.getByRole('button', { name: 'Log in' }));
  expect(await screen.findByText(/has been used/u)).toBeVisible();
  expect(host.requests.at(-1)?.body).toEqual({ ticket: 'ticket', remember: true, code: '123456' });
});
