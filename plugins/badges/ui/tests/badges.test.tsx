import { renderInHost } from '@questline/ui-sdk/testing';
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import contributions from '../contributions.ts';
import type { Badge } from '../src/api.ts';
import { BadgeShelf, BadgeStrip } from '../src/BadgeStrip.tsx';
import { celebrateBadge } from '../src/celebrate.ts';
import GalleryPage from '../src/GalleryPage.tsx';
import definition from '../src/index.tsx';
import de from '../src/locales/de.json';
import en from '../src/locales/en.json';

const plugin = { manifest: { id: 'badges', contributions }, definition };

function badge(slug: string, values: Partial<Badge>): Badge {
  return { id: slug, slug, title: slug, description: `${slug} done`, icon: 'rocket', tier: 'bronze', hint: `do ${slug}`, earned_at: null, progress: { current: 0, target: 4 }, ...values };
}

const far = badge('far', {});
const near = badge('near', { progress: { current: 3, target: 4 } });
const won = badge('first-brief', { title: 'First Brief', earned_at: '2026-01-02T10:00:00Z', progress: { current: 1, target: 1 } });
const answers = { 'GET /api/v1/p/badges/me': { earned: 1, total: 3, badges: [far, near, won] } };

test('the gallery parts what was earned from what is open, the nearest first', async () => {
  renderInHost(<GalleryPage />, { plugin, answers });
  const earned = within(await screen.findByRole('region', { name: 'Earned' }));
  expect(earned.getByRole('heading', { name: 'First Brief' })).toBeVisible();
  expect(earned.getByText('Earned Jan 2, 2026')).toBeVisible();
  const open = within(screen.getByRole('region', { name: 'Still to earn' }));
  expect(open.getAllByRole('heading', { level: 3 }).map((each) => each.textContent)).toEqual(['near', 'far']);
  expect(open.getByRole('progressbar', { name: 'near: 3 of 4' })).toHaveAttribute('aria-valuenow', '75');
});

test('the gallery speaks German', async () => {
  renderInHost(<GalleryPage />, { plugin, answers, language: 'de' });
  expect(await screen.findByRole('heading', { name: 'Erstes Briefing' })).toBeVisible();
});

test('a gallery with nothing to show says how to begin', async () => {
  renderInHost(<GalleryPage />, { plugin, answers: { 'GET /api/v1/p/badges/me': { earned: 0, total: 12, badges: [] } } });
  expect(await screen.findByText('No badges yet')).toBeVisible();
});

test('the strip shows the latest and the nearest', async () => {
  renderInHost(<BadgeStrip />, { plugin, answers });
  const items = within(await screen.findByRole('list', { name: 'Badges' })).getAllByRole('listitem');
  expect(items.map((item) => item.querySelector('p')?.textContent)).toEqual(['First Brief', 'near', 'far']);
  expect(screen.getByRole('link', { name: '1 of 3: see all' })).toHaveAttribute('href', '/x/badges');
});

test('the shelf shows only what was earned', async () => {
  renderInHost(<BadgeShelf />, { plugin, answers });
  expect(await screen.findByText('First Brief')).toBeVisible();
  expect(screen.queryByText('near')).toBeNull();
});

test('an error can be tried again', async () => {
  renderInHost(<GalleryPage />, { plugin });
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible();
});

test('a badge is celebrated in its metal', () => {
  const earned = { slug: 'x', title: 'X', icon: 'flame', tier: 'gold' } as const;
  const translate = (_key: string, values?: { readonly defaultValue?: string }): string => values?.defaultValue ?? 'won';
  expect(celebrateBadge(earned, { translate })).toMatchObject({ kind: 'badge', title: 'X', tier: 'gold', to: '/x/badges' });
});

test('every known badge has its texts in both languages', () => {
  expect(Object.keys(de.known)).toEqual(Object.keys(en.known));
});
