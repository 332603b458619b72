import { definePlugin } from '@questline/ui-sdk';
import { renderInHost } from '@questline/ui-sdk/testing';
import { fireEvent, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import design from '../../design/en.json';
import privacy from '../privacy/texts/en.json';
import auth from './en.json';
import { SignUpForm } from './SignUpForm.tsx';

const contributions = {} as const;
const plugin = {
  manifest: { id: 'host', contributions },
  definition: definePlugin(contributions, { views: {}, resources: { en: { auth, design, privacy } } }),
};
const TEXT = { language: 'en', title: 'Terms', body_html: '<p>Be kind.</p>', given: null, at: null };
const TERMS = { ...TEXT, kind: 'terms', version: 3, required: true, question: 'I agree to the terms.' };
const NEWS = { ...TEXT, kind: 'marketing', version: 1, required: false, question: 'Send me news.' };

function fillIn(documents: readonly unknown[], answer: unknown) {
  const user = userEvent.setup();
  const host = renderInHost(<SignUpForm onSent={vi.fn()} />, {
    answers: {
      'GET /api/v1/privacy/documents?locale=en': { documents },
      'POST /api/v1/auth/sign-up': answer,
    },
    plugin,
    user: null,
  });
  fireEvent.change(screen.getByLabelText(/Your name/u), { target: { value: 'Ada' } });
  fireEvent.change(screen.getByLabelText(/E-mail address/u), { target: { value: 'ada@example.com' } });
  fireEvent.change(screen.getByLabelText(/^Password/u), { target: { value: 'a walk along the river' } });
  return { user, host, send: () => user.click(screen.getByRole('button', { name: 'Create account' })) };
}

test('who signs up agrees to the version that they were shown, and need not agree to the rest', async () => {
  const sent = Response.json({ email: 'ada@example.com' }, { status: 202 });
  const { user, host, send } = fillIn([TERMS, NEWS], sent);
  const box = await screen.findByRole('checkbox', { name: /I agree to the terms/u }, { timeout: 4000 });
  expect(box).toBeRequired();
  expect(screen.getByRole('checkbox', { name: 'Send me news.' })).not.toBeRequired();
  await user.click(box);
  await send();
  const consents = [
    { kind: 'terms', version: 3, given: true },
    { kind: 'marketing', version: 1, given: false },
  ];
  expect(host.requests.at(-1)).toMatchObject({ call: 'POST /api/v1/auth/sign-up', body: { consents } });
});

test('nobody is asked where the site asks for nothing', async () => {
  const { host, send } = fillIn([], Response.json({ email: 'ada@example.com' }, { status: 202 }));
  await send();
  expect(host.requests.at(-1)?.body).toMatchObject({ display_name: 'Ada', consents: [] });
  expect(screen.queryByRole('checkbox')).toBeNull();
});
