import { renderInHost } from '@questline/ui-sdk/testing';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import contributions from '../contributions.ts';
import definition from '../src/index.tsx';
import SuggestionsPage from '../src/studio/SuggestionsPage.tsx';
import type { LessonSuggestions, Suggestion } from '../src/studio/types.ts';

const plugin = { manifest: { id: 'ai', contributions }, definition };
const user = { permissions: ['ai.suggestions.manage'] };
const lesson = { lesson_id: 'l1', title: 'Green tea', course_id: 'c1', course_title: 'Tea', language: 'en', pending: 1 };
const item: Suggestion = {
  id: 's1', kind: 'quiz_item', locale: 'en', diff: [{ op: 'added', text: 'How hot?\n+ 80 degrees' }], content: { difficulty: 'easy', objective: 'Make tea' }, as_code: '- type: single',
  source: { block_id: 'b', sentence: 'Green tea wants water of 80 degrees.' }, flags: ['duplicate', 'unsupported'], duplicate_of: '<p>How warm?</p>', cost_micros: 1200, currency: 'USD',
  provider: 'p', model: 'm', sample: false, status: 'pending', created_at: '2026-11-23T04:00:00Z',
};
const found: LessonSuggestions = { lesson, available: true, pictures: 0, suggestions: [item] };
const LIST = '/api/v1/p/ai/suggestions';

test('a draft shows its source, its flags and its cost, and is decided on by itself', async () => {
  const decide = vi.fn<(body: unknown) => object>(() => ({ ...item, status: 'accepted' }));
  renderInHost(<SuggestionsPage />, {
    plugin,
    user,
    answers: { [`GET ${LIST}`]: { items: [lesson], next_cursor: null }, [`GET ${LIST}/l1`]: found, [`POST ${LIST}/l1/s1/decision`]: decide },
  });
  const card = within(await screen.findByRole('list', { name: 'Waiting' })).getByRole('listitem');
  expect(card).toHaveTextContent('Green tea wants water of 80 degrees.');
  expect(card).toHaveTextContent('How warm?');
  expect(card).toHaveTextContent('No sentence of the lesson clearly says this.');
  expect(card).toHaveTextContent('Difficulty: easy · Objective: Make tea · $0.0012, m');
  await userEvent.click(within(card).getByRole('button', { name: 'Accept: Quiz question 1' }));
  await waitFor(() => expect(decide).toHaveBeenCalledWith({ accepted: true }));
});

test('what is to be drafted is asked for with what its kind needs', async () => {
  const ask = vi.fn<(body: unknown) => object[]>(() => [item]);
  renderInHost(<SuggestionsPage />, {
    plugin,
    user,
    answers: {
      [`GET ${LIST}`]: { items: [lesson], next_cursor: null },
      [`GET ${LIST}/l1`]: { ...found, suggestions: [] },
      [`POST ${LIST}/l1`]: ask,
    },
  });
  await userEvent.click(await screen.findByRole('combobox', { name: 'Draft' }));
  expect(screen.getByRole('option', { name: 'Alternative text' })).toHaveAttribute('aria-disabled', 'true');
  await userEvent.click(screen.getByRole('option', { name: 'Translation' }));
  await userEvent.click(screen.getByRole('button', { name: 'Draft with AI' }));
  await waitFor(() => expect(ask).toHaveBeenCalledWith({ kind: 'translation', locale: 'de' }));
  expect(await screen.findByText('One draft waits for your decision.')).toBeVisible();
});

test('what a draft takes away and adds is said, not only coloured', async () => {
  const diff = [{ op: 'removed', text: 'A cup' }, { op: 'added', text: 'A glass cup' }, { op: 'same', text: ' of tea' }] as const;
  renderInHost(<SuggestionsPage />, {
    plugin,
    user,
    answers: { [`GET ${LIST}`]: { items: [lesson], next_cursor: null }, [`GET ${LIST}/l1`]: { ...found, suggestions: [{ ...item, kind: 'alt_text', flags: [], diff }] } },
  });
  const card = within(await screen.findByRole('list', { name: 'Waiting' })).getByRole('listitem');
  expect(card).toHaveTextContent('Removed:A cupAdded:A glass cup of tea');
});
