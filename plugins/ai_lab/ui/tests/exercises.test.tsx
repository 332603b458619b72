import { renderInHost } from '@questline/ui-sdk/testing';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import contributions from '../contributions.ts';
import { CritiqueBlock } from '../src/CritiqueBlock.tsx';
import { DuelBlock } from '../src/DuelBlock.tsx';
import definition from '../src/index.tsx';
import type { CheckResult, Revision } from '../src/types.ts';

const plugin = { manifest: { id: 'ai_lab', contributions }, definition };
const ADDRESS = '/api/v1/p/ai_lab/exercises/e';
const frame = { lesson: { id: 'l', slug: 'l', title: 'L', kind: 'lesson', status: 'started', course: { id: 'c', slug: 'c', title: 'C' } }, onProgress: () => undefined } as const;
const critique = { id: 'b', type: 'ai_lab.critique', data: { exercise_id: 'e', title: 'Say less', brief_html: '<p>Rewrite <em>this</em>.</p>', copy: 'The best tea.' } };
const duel = { id: 'b', type: 'ai_lab.duel', data: { exercise_id: 'e', title: 'Subject lines', brief_html: '<p>More clicks?</p>', a: 'Tea is good', b: 'Five teas' } };

function check(name: CheckResult['check'], more: Partial<CheckResult>): CheckResult {
  return { check: name, passed: true, found: null, wanted: null, evidence: [], ...more };
}

function revision(number: number, text: string, score: number, checks: readonly CheckResult[]): Revision {
  return { id: `a${number}`, number, text, score, result: { checks }, answered_at: '2026-01-05T10:00:00Z', appeal: null };
}

const weak = revision(1, 'The best tea', 33, [
  check('max_words', { found: 3, wanted: 12 }),
  check('banned', { passed: false, evidence: ['best'] }),
  check('keywords', { passed: false, evidence: ['green tea'] }),
]);

test('a version is checked, and each check says what it looked for and what it found', async () => {
  const answers: Record<string, unknown> = { [`GET ${ADDRESS}`]: { answers: [] } };
  answers[`POST ${ADDRESS}/revisions`] = () => {
    answers[`GET ${ADDRESS}`] = { answers: [weak] };
    return weak;
  };
  const { requests } = renderInHost(<CritiqueBlock block={critique} {...frame} />, { plugin, answers });
  const box = await screen.findByRole('textbox', { name: 'Your version' });
  expect(screen.getByRole('button', { name: 'Check my version' })).toBeDisabled();
  await userEvent.click(screen.getByRole('button', { name: 'Start from the text' }));
  expect(box).toHaveValue('The best tea.');
  expect(screen.getByText('3 words')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Check my version' }));
  const checks = within(await screen.findByRole('list', { name: 'Checks' }));
  expect(checks.getByText('At most 12 words')).toBeVisible();
  expect(checks.getByText('3 words found')).toBeVisible();
  expect(checks.getByText('best')).toBeVisible();
  expect(checks.getByText('green tea')).toBeVisible();
  expect(checks.getAllByTitle('Not yet')).toHaveLength(2);
  expect(screen.getByRole('status')).toHaveTextContent('Version 1 is checked: 33 of 100.');
  expect(requests).toContainEqual({ call: `POST ${ADDRESS}/revisions`, body: { text: 'The best tea.' } });
});

test('an earlier version can be gone on from', async () => {
  const newest = revision(2, 'Try our green tea', 100, [check('banned', {})]);
  renderInHost(<CritiqueBlock block={critique} {...frame} />, { plugin, answers: { [`GET ${ADDRESS}`]: { answers: [newest, weak] } } });
  const box = await screen.findByRole('textbox', { name: 'Your version' });
  expect(box).toHaveValue('Try our green tea');
  await userEvent.click(screen.getByText('1 earlier version'));
  await userEvent.click(screen.getByRole('button', { name: 'Go on from this one: version 1' }));
  expect(box).toHaveValue('The best tea');
});

test('what went wrong is said, and the text stays', async () => {
  const problem = (): Response => Response.json({ code: 'no_revisions_left', title: 'Conflict', status: 409 }, { status: 409 });
  renderInHost(<CritiqueBlock block={critique} {...frame} />, {
    plugin,
    answers: { [`GET ${ADDRESS}`]: { answers: [] }, [`POST ${ADDRESS}/revisions`]: problem },
  });
  const box = await screen.findByRole('textbox', { name: 'Your version' });
  await userEvent.type(box, 'Mine');
  await userEvent.click(screen.getByRole('button', { name: 'Check my version' }));
  expect(await screen.findByText('You have kept as many versions as there may be.')).toBeVisible();
  expect(box).toHaveValue('Mine');
});

test('who is not enrolled is told so', async () => {
  const problem = (): Response => Response.json({ code: 'not_enrolled', title: 'Conflict', status: 409 }, { status: 409 });
  renderInHost(<DuelBlock block={duel} {...frame} />, { plugin, language: 'de', answers: { [`GET ${ADDRESS}`]: problem } });
  expect(await screen.findByText('Schreib dich in den Kurs ein, um hier zu üben.')).toBeVisible();
});

test('a duel tells its end after the pick, and moves there', async () => {
  const ended = { number: 1, text: 'a', score: 0, result: { correct: false, winner: 'b', result: 'B had 31 % more.', reason: 'A number.' }, answered_at: '2026-01-05T10:00:00Z', appeal: null };
  const answers: Record<string, unknown> = { [`GET ${ADDRESS}`]: { answers: [] } };
  answers[`POST ${ADDRESS}/pick`] = () => {
    answers[`GET ${ADDRESS}`] = { answers: [ended] };
    return ended;
  };
  renderInHost(<DuelBlock block={duel} {...frame} />, { plugin, answers });
  await userEvent.click(await screen.findByRole('radio', { name: 'Tea is good' }));
  await userEvent.click(screen.getByRole('button', { name: 'Lock in my pick' }));
  const heading = await screen.findByRole('heading', { name: 'The other one won' });
  await waitFor(() => expect(heading).toHaveFocus());
  expect(screen.getByText('B had 31 % more.')).toBeVisible();
  expect(screen.getByText('Winner')).toBeVisible();
});
