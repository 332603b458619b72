import { renderInHost } from '@questline/ui-sdk/testing';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import contributions from '../contributions.ts';
import type { Board, Place } from '../src/api.ts';
import { initials, toneOf } from '../src/Face.tsx';
import definition from '../src/index.tsx';
import LeaderboardPage from '../src/LeaderboardPage.tsx';
import { nextAbove } from '../src/OwnPlace.tsx';
import { RankCard, nearest } from '../src/RankCard.tsx';

const plugin = { manifest: { id: 'leaderboards', contributions }, definition };
const NAMES = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Me', 'Donald'];

function place(rank: number): Place {
  const name = NAMES[rank - 1] ?? '?';
  return { rank, name, user_id: name, avatar_url: null, points: 100 - rank * 10, is_me: name === 'Me', pseudonymous: false };
}

const board: Board = {
  period: 'week',
  starts_at: '2026-01-05T00:00:00Z',
  ends_at: '2099-01-12T00:00:00Z',
  total: 7,
  top: [1, 2, 3, 4].map(place),
  me: { rank: 6, points: 40 },
  around: [1, 2, 3, 4, 5, 6, 7].map(place),
};
const unranked: Board = { ...board, me: null, around: [], top: [], total: 0 };
const PREFERENCES = '/api/v1/p/leaderboards/me/preferences';
const answers = {
  'GET /api/v1/p/leaderboards/week': board,
  'GET /api/v1/p/leaderboards/all': { ...unranked, period: 'all' },
  [`GET ${PREFERENCES}`]: { opted_out: false, pseudonym: null },
};

test('the page shows the podium, the places below and those around oneself', async () => {
  renderInHost(<LeaderboardPage />, { plugin, answers });
  const podium = within(await screen.findByRole('list', { name: 'The first three' }));
  expect(podium.getAllByRole('listitem')).toHaveLength(3);
  expect(podium.getByText('Ada')).toBeVisible();
  expect(screen.getByRole('heading', { name: 'You are at rank 6 of 7' })).toBeVisible();
  expect(screen.getByText('11 more points and you pass Barbara.')).toBeVisible();
  const table = within(screen.getByRole('table', { name: 'This week' }));
  expect(table.getByText('You')).toBeVisible();
  expect(table.getAllByRole('row').slice(1).map((row) => row.firstChild?.textContent)).toEqual(['4', '5', '6', '7']);
});

test('who is far down sees those around them apart from the top', async () => {
  const far: Board = { ...board, me: { rank: 6, points: 40 }, top: board.top.slice(0, 3), around: board.around.slice(4) };
  renderInHost(<LeaderboardPage />, { plugin, answers: { ...answers, 'GET /api/v1/p/leaderboards/week': far } });
  const around = within(await screen.findByRole('table', { name: 'Around you' }));
  expect(around.getByText('You')).toBeVisible();
});

test('another period is another board', async () => {
  renderInHost(<LeaderboardPage />, { plugin, answers });
  await userEvent.click(await screen.findByRole('tab', { name: 'All time' }));
  expect(await screen.findByText('Nobody has earned points yet')).toBeVisible();
  expect(screen.getByRole('tab', { name: 'All time' })).toHaveAttribute('aria-selected', 'true');
});

test('who has opted out is told so and may come back', async () => {
  renderInHost(<LeaderboardPage />, {
    plugin,
    answers: { ...answers, 'GET /api/v1/p/leaderboards/week': unranked, [`GET ${PREFERENCES}`]: { opted_out: true, pseudonym: null } },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Take part again' }));
  expect(await screen.findByRole('dialog', { name: 'How you appear' })).toBeVisible();
  expect(screen.getByRole('switch', { name: 'Take part in leaderboards' })).not.toBeChecked();
});

test('a pseudonym is stored, and one that is taken is refused in words', async () => {
  const sent: unknown[] = [];
  const store = (body: unknown): unknown => {
    sent.push(body);
    return sent.length === 1 ? Response.json({ status: 409, code: 'pseudonym_taken', title: 'Conflict' }, { status: 409 }) : body;
  };
  const { notices } = renderInHost(<LeaderboardPage />, { plugin, answers: { ...answers, [`PUT ${PREFERENCES}`]: store } });
  await userEvent.click(await screen.findByRole('button', { name: 'How I appear' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Pseudonym' }), 'Countess');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Somebody else goes by this name. Choose another.')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(notices).toHaveLength(1));
  expect(sent).toEqual([
    { opted_out: false, pseudonym: 'Countess' },
    { opted_out: false, pseudonym: 'Countess' },
  ]);
});

test('the card shows the places around the user', async () => {
  renderInHost(<RankCard />, { plugin, answers });
  const items = await screen.findAllByRole('listitem');
  expect(items.map((item) => item.textContent)).toEqual(expect.arrayContaining([expect.stringContaining('Barbara')]));
  expect(screen.getByRole('link', { name: 'Whole leaderboard' })).toHaveAttribute('href', '/x/leaderboards');
});

test('the nearest places always fill the card', () => {
  expect(nearest(board).map((each) => each.rank)).toEqual([3, 4, 5, 6, 7]);
  expect(nearest({ ...board, around: [] }).map((each) => each.rank)).toEqual([1, 2, 3, 4]);
});

test('nobody is above the first', () => {
  expect(nextAbove({ ...board, me: { rank: 1, points: 90 } })).toBeNull();
});

test('a face has initials and a lasting tone', () => {
  expect(initials('ada king lovelace')).toBe('AK');
  expect(toneOf('Ada')).toBe(toneOf('Ada'));
});
