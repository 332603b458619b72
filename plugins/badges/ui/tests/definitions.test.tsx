import { renderInHost } from '@questline/ui-sdk/testing';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import contributions from '../contributions.ts';
import type { Criterion, Definition } from '../src/admin/api.ts';
import DefinitionsPage from '../src/admin/DefinitionsPage.tsx';
import { errorsOf, fieldOf, slugOf, toDefinition, toDraft } from '../src/admin/draft.ts';
import de from '../src/admin/locales/de.json';
import en from '../src/admin/locales/en.json';
import { ICONS } from '../src/icons.ts';
import definition from '../src/index.tsx';
import { badgeText } from '../src/texts.ts';

vi.setConfig({ testTimeout: 20_000 }); // dialogs with many fields, on machines with much else to do

const plugin = { manifest: { id: 'badges', contributions }, definition };
const CLEAN: Definition = {
  id: 'd1',
  slug: 'clean-copy',
  title: 'Clean Copy',
  description: 'Answered every question of a quiz correctly.',
  criterion: { type: 'event_count', event: 'assessments.attempt.submitted.v1', count: 3, condition: { field: 'percent', op: 'gte', value: 100 } },
  icon: 'target',
  tier: 'silver',
  hint: 'Score 100 % in one attempt.',
  position: 60,
};
const DEFINITIONS = '/api/v1/p/badges/definitions';
const answers = {
  [`GET ${DEFINITIONS}`]: { items: [CLEAN], next_cursor: null, total: 1 },
  'GET /api/v1/p/badges/event-types': { event_types: [{ type: 'assessments.attempt.submitted.v1', fields: ['percent'] }] },
};

function show(more: Readonly<Record<string, unknown>> = {}, language = 'en'): ReturnType<typeof renderInHost> {
  return renderInHost(<DefinitionsPage />, { plugin, answers: { ...answers, ...more }, language });
}

function fill(label: string, value: string): void {
  fireEvent.change(screen.getByRole('textbox', { name: new RegExp(`^${label}`, 'u') }), { target: { value } });
}

test('a badge says what it takes, in both languages', async () => {
  const { unmount } = show();
  expect(await screen.findByText('Silver · A quiz is submitted if percent is at least 100, 3 times')).toBeVisible();
  unmount();
  show({}, 'de');
  expect(await screen.findByText('Silber · Ein Quiz wird abgegeben, wenn percent mindestens 100 ist, 3-mal')).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Fehlerfreier Text' })).toBeVisible();
});

test('a badge is defined; its short name follows its title, and one that is taken is said so beside it', async () => {
  const taken = Response.json({ status: 409, code: 'slug_taken', title: 'Conflict', detail: 'taken' }, { status: 409 });
  let free = false;
  const { requests, notices } = show({ [`POST ${DEFINITIONS}`]: () => (free ? CLEAN : taken) });
  fireEvent.click(await screen.findByRole('button', { name: 'New badge' }));
  const dialog = within(screen.getByRole('dialog', { name: 'New badge' }));
  fill('Title', 'Größter Fan');
  expect(screen.getByRole('textbox', { name: /^Short name/u })).toHaveValue('grosster-fan');
  fireEvent.mouseDown(screen.getByRole('combobox', { name: 'Earned by' }));
  fireEvent.click(await screen.findByRole('option', { name: 'Days of learning in a row' }));
  fill('Days in a row', '1');
  fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('A whole number from 2 to 366.')).toBeVisible();
  expect(screen.getByRole('textbox', { name: /^Description/u })).toHaveFocus();

  fill('Description', 'Came back.');
  fill('Days in a row', '5');
  fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('There is a badge with this short name already.')).toBeVisible();
  const slug = screen.getByRole('textbox', { name: /^Short name/u });
  expect(slug).toHaveAccessibleDescription('There is a badge with this short name already.');
  await waitFor(() => expect(slug).toHaveFocus());
  expect(screen.queryByRole('alert')).toBeNull();

  free = true;
  fill('Short name', 'fan');
  fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(notices).toEqual([{ message: 'Größter Fan is saved.', severity: 'success' }]));
  expect(requests.findLast(({ call }) => call.startsWith('POST'))?.body).toMatchObject({
    slug: 'fan',
    criterion: { type: 'streak', days: 5 },
    position: 70,
  });
});

test('a badge that somebody has earned stays, and the question says why', async () => {
  const earned = Response.json({ status: 409, code: 'badge_earned', title: 'Conflict', detail: 'earned' }, { status: 409 });
  show({ [`DELETE ${DEFINITIONS}/d1`]: earned });
  fireEvent.click(await screen.findByRole('button', { name: 'Remove Clean Copy' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Remove Clean Copy?' }));
  fireEvent.click(dialog.getByRole('button', { name: 'Remove' }));
  expect(await dialog.findByRole('alert')).toHaveTextContent('Somebody has earned this badge');
});

test('a badge is removed after a question', async () => {
  const { notices } = show({ [`DELETE ${DEFINITIONS}/d1`]: new Response(null, { status: 204 }) });
  fireEvent.click(await screen.findByRole('button', { name: 'Remove Clean Copy' }));
  fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(notices).toEqual([{ message: 'Clean Copy is removed.', severity: 'success' }]));
});

test.each<Criterion>([
  CLEAN.criterion,
  { type: 'points_total', points: 500 },
  { type: 'streak', days: 7 },
  { type: 'course_completed', course_slug: null },
  { type: 'course_completed', course_slug: 'sprint' },
])('a badge survives being written and read: %j', (criterion) => {
  const { id: _id, ...badge } = { ...CLEAN, criterion };
  expect(toDefinition(toDraft({ ...CLEAN, criterion }, 0))).toEqual(badge);
});

test('what is wrong is found, and refusals find their fields', () => {
  expect(errorsOf({ ...toDraft(CLEAN, 0), slug: 'No', event: 'badges.badge.earned.v1', position: '-1' })).toEqual({
    slug: 'slug_form',
    event: 'event_own',
    position: 'position_range',
  });
  expect(slugOf('Ärger & Spaß!')).toBe('arger-spass');
  expect(fieldOf({ code: 'invalid', errors: [{ field: 'criterion.event' }] })).toBe('event');
  expect(fieldOf({ code: 'invalid', errors: [{ field: 'criterion.course_slug' }] })).toBe('course');
});

test('a badge whose text was changed says what it now says', () => {
  const translate = (key: string): string => key;
  expect(badgeText(translate, CLEAN, 'title')).toBe('known.clean-copy.title');
  expect(badgeText(translate, { ...CLEAN, title: 'Spotless' }, 'title')).toBe('Spotless');
});

test('the page speaks both languages, and every icon has a name', () => {
  expect(Object.keys(de.admin)).toEqual(Object.keys(en.admin));
  expect(Object.keys(de.admin.icons).toSorted()).toEqual([...ICONS].toSorted());
  expect(Object.keys(en.admin.icons).toSorted()).toEqual([...ICONS].toSorted());
});
