import { renderInHost } from '@questline/ui-sdk/testing';
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import contributions from '../contributions.ts';
import { celebrateAward } from '../src/celebrate.ts';
import definition from '../src/index.tsx';
import { LevelCard } from '../src/LevelCard.tsx';
import { PointsBalancePill } from '../src/PointsBalancePill.tsx';
import PointsPage from '../src/PointsPage.tsx';

const plugin = { manifest: { id: 'points', contributions }, definition };
const INTERN = { number: 1, title: 'Intern', floor: 0 };
const ASSISTANT = { number: 2, title: 'Marketing Assistant', floor: 50 };
const ENTRY = { id: 'e1', amount: 10, reason: 'Lesson completed', rule: 'lesson_completed', occurred_at: '2026-01-02T10:00:00Z', balance_after: 40 };
const answers = {
  'GET /api/v1/p/points/me': { balance: 40, level: INTERN, next_level: ASSISTANT, today: 10, week: 30 },
  'GET /api/v1/p/points/me/entries': { items: [ENTRY], next_cursor: null },
  'GET /api/v1/p/points/levels': { levels: [INTERN, ASSISTANT] },
};

test('the pill leads to the points and says the level', async () => {
  renderInHost(<PointsBalancePill />, { plugin, answers });
  const link = await screen.findByRole('link', { name: '40 points, level 1: Intern' });
  expect(link).toHaveAttribute('href', '/x/points');
});

test('the card shows how far the next level is and the latest award', async () => {
  renderInHost(<LevelCard />, { plugin, answers });
  expect(await screen.findByText('10 to Marketing Assistant')).toBeVisible();
  expect(await screen.findByText('Lesson completed')).toBeVisible();
});

test('the card speaks German', async () => {
  renderInHost(<LevelCard />, { plugin, answers, language: 'de' });
  expect(await screen.findByText('noch 10 bis Marketing-Assistenz')).toBeVisible();
  expect(await screen.findByText('Lektion abgeschlossen')).toBeVisible();
});

test('the page lists every award and marks the own level', async () => {
  renderInHost(<PointsPage />, { plugin, answers });
  expect(await screen.findByRole('heading', { name: 'Fri, Jan 2, 2026' })).toBeVisible();
  const here = await screen.findByText('Intern');
  expect(here.closest('li')).toHaveAttribute('aria-current', 'step');
  expect(within(screen.getByRole('list', { name: 'Fri, Jan 2, 2026' })).getByText('makes 40')).toBeInTheDocument();
});

test('a newcomer is told how to begin', async () => {
  renderInHost(<PointsPage />, { plugin, answers: { ...answers, 'GET /api/v1/p/points/me/entries': { items: [], next_cursor: null } } });
  expect(await screen.findByText('No points yet')).toBeVisible();
});

test('an award is celebrated, a new level more so', () => {
  const translate = (key: string): string => key;
  const award = { amount: 10, reason: 'Lesson completed', rule: 'lesson_completed', level: ASSISTANT, level_up: false };
  expect(celebrateAward(award, { translate })).toMatchObject({ kind: 'points', amount: 10 });
  expect(celebrateAward({ ...award, level_up: true }, { translate })).toMatchObject({ kind: 'level', to: '/x/points' });
});
