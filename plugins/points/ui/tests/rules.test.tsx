import { renderInHost } from '@questline/ui-sdk/testing';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import contributions from '../contributions.ts';
import type { Rule } from '../src/admin/api.ts';
import { errorsOf, toDraft, toRule } from '../src/admin/draft.ts';
import de from '../src/admin/locales/de.json';
import en from '../src/admin/locales/en.json';
import RulesPage from '../src/admin/RulesPage.tsx';
import definition from '../src/index.tsx';
import { reasonText } from '../src/names.ts';

vi.setConfig({ testTimeout: 20_000 }); // dialogs with many fields, on machines with much else to do

const plugin = { manifest: { id: 'points', contributions }, definition };
const PERFECT: Rule = {
  id: 'r1',
  name: 'Perfect score',
  event: 'assessments.attempt.submitted.v1',
  amount: 20,
  condition: { field: 'percent', op: 'gte', value: 100 },
  cap: { per: 'day', amount: 60 },
  cooldown_seconds: 7200,
  enabled: true,
};
const answers = {
  'GET /api/v1/p/points/rules': { items: [PERFECT], next_cursor: null, total: 1 },
  'GET /api/v1/p/points/event-types': {
    event_types: [
      { type: 'learning.lesson.completed.v1', fields: ['kind'] },
      { type: 'assessments.attempt.submitted.v1', fields: ['percent'] },
    ],
  },
};

function show(more: Readonly<Record<string, unknown>> = {}, language = 'en'): ReturnType<typeof renderInHost> {
  return renderInHost(<RulesPage />, { plugin, answers: { ...answers, ...more }, language });
}

function fill(label: string, value: string): void {
  fireEvent.change(screen.getByRole('textbox', { name: new RegExp(`^${label}`, 'u') }), { target: { value } });
}

test('a rule is told in words, in both languages', async () => {
  const { unmount } = show();
  expect(await screen.findByText('A quiz is submitted if percent is at least 100 · at most 60 a day · pause of 2 hours')).toBeVisible();
  unmount();
  show({}, 'de');
  expect(await screen.findByText(/^Ein Quiz wird abgegeben, wenn percent mindestens 100 ist/u)).toBeVisible();
});

test('a new rule is written, and what is wrong is said beside its field', async () => {
  const { requests, notices } = show({ 'POST /api/v1/p/points/rules': PERFECT });
  fireEvent.click(await screen.findByRole('button', { name: 'New rule' }));
  const dialog = screen.getByRole('dialog', { name: 'New rule' });
  await waitFor(() => expect(requests.some(({ call }) => call.endsWith('/event-types'))).toBe(true));
  fill('Points', '0');
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  expect(await within(dialog).findAllByText('This is needed.')).toHaveLength(2);
  expect(screen.getByRole('textbox', { name: /^Points/u })).toHaveAccessibleDescription('A whole number from 1 to 1,000,000.');
  expect(screen.getByRole('textbox', { name: /^Name/u })).toHaveFocus();

  fill('Name', 'Answered somebody');
  fill('Points', '15');
  fireEvent.mouseDown(screen.getByRole('combobox', { name: /^Awards points when/u }));
  fireEvent.click(await screen.findByRole('option', { name: 'Another event …' }));
  fill('Type of the event', 'points.awarded.v1');
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Points cannot award for points. Choose another event.')).toBeVisible();
  fill('Type of the event', 'forum.question.answered.v1');
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(notices).toEqual([{ message: 'Answered somebody is saved.', severity: 'success' }]));
  expect(requests.find(({ call }) => call.startsWith('POST'))?.body).toEqual({
    name: 'Answered somebody',
    event: 'forum.question.answered.v1',
    amount: 15,
    condition: null,
    cap: null,
    cooldown_seconds: null,
    enabled: true,
  });
});

test("the server's word on a field is put beside it", async () => {
  const refusal = { status: 422, code: 'invalid', title: 'Invalid', errors: [{ field: 'event', message: 'no such event' }] };
  show({ 'PUT /api/v1/p/points/rules/r1': Response.json(refusal, { status: 422 }) });
  fireEvent.click(await screen.findByRole('button', { name: 'Edit Perfect score' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Save' }));
  expect(await screen.findByText('no such event')).toBeVisible();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a rule is switched off and stays as it is otherwise', async () => {
  const { requests } = show({ 'PUT /api/v1/p/points/rules/r1': { ...PERFECT, enabled: false } });
  fireEvent.click(await screen.findByRole('switch', { name: 'Perfect score is on' }));
  await waitFor(() => expect(requests.find(({ call }) => call.startsWith('PUT'))?.body).toMatchObject({ amount: 20, cooldown_seconds: 7200, enabled: false }));
});

test('a rule is removed after a question', async () => {
  const { requests, notices } = show({ 'DELETE /api/v1/p/points/rules/r1': new Response(null, { status: 204 }) });
  fireEvent.click(await screen.findByRole('button', { name: 'Remove Perfect score' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Remove Perfect score?' }));
  expect(requests.some(({ call }) => call.startsWith('DELETE'))).toBe(false);
  fireEvent.click(dialog.getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(notices).toEqual([{ message: 'Perfect score is removed.', severity: 'success' }]));
});

test('a rule survives being written and read', () => {
  const { id: _id, ...rule } = PERFECT;
  expect(toRule(toDraft(PERFECT))).toEqual(rule);
  expect(errorsOf({ ...toDraft(PERFECT), capAmount: 'x', pause: '9999999' })).toEqual({ cap: 'points_range', cooldown_seconds: 'pause_range' });
});

test('a rule that was renamed is called by its new name', () => {
  const translate = (key: string): string => key;
  expect(reasonText(translate, { rule: 'enrolled', reason: 'Enrolled in a course' })).toBe('rules.enrolled');
  expect(reasonText(translate, { rule: 'enrolled', reason: 'Welcome' })).toBe('Welcome');
});

test('the page speaks both languages', () => {
  expect(Object.keys(de.admin)).toEqual(Object.keys(en.admin));
});
