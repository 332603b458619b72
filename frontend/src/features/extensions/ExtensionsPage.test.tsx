import { definePlugin } from '@questline/ui-sdk';
import { renderInHost } from '@questline/ui-sdk/testing';
import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Route, Routes } from 'react-router';
import { expect, test } from 'vitest';
import type { InstalledPlugin, PackCard, PackDetails } from '../../api/console/index.ts';
import ExtensionsPage from './ExtensionsPage.tsx';
import de from './texts/de.json';
import en from './texts/en.json';

const contributions = {} as const;
const plugin = {
  manifest: { id: 'extensions', contributions },
  definition: definePlugin(contributions, { views: {}, resources: { en, de } }),
};

function makePlugin(id: string, changes: Partial<InstalledPlugin> = {}): InstalledPlugin {
  return {
    id,
    title: `${id.charAt(0).toUpperCase()}${id.slice(1)}`,
    version: '0.1.0',
    summary: `All about ${id}.`,
    state: 'active',
    reason: null,
    enabled: true,
    scope: 'tenant',
    requires: [],
    dependants: [],
    packs: [],
    permissions: [],
    has_settings: false,
    has_course_settings: false,
    ...changes,
  };
}

const PLUGINS = [
  makePlugin('points', { dependants: ['boards'], packs: ['games'] }),
  makePlugin('boards', { requires: ['points'] }),
  makePlugin('quests', { enabled: false, state: 'disabled', requires: ['badges'] }),
  makePlugin('badges', { enabled: false, state: 'disabled' }),
  makePlugin('broken', { enabled: false, state: 'failed', reason: 'ImportError: no module' }),
];
const PACK: PackCard = {
  id: 'games',
  title: 'Games',
  version: '1.0.0',
  summary: 'Play and learn.',
  state: 'enabled',
  reason: null,
  enabled: true,
  enabled_version: '1.0.0',
  outdated: false,
  plugins: [],
  theme: null,
};
const DETAILS: PackDetails = {
  ...PACK,
  presets: [],
  grants: [],
  plan: {
    starts: [],
    stops: ['boards'],
    keeps: [{ id: 'points', reason: 'needed_by_pack', by: ['other'] }],
    theme: null,
  },
  onboarding_html: '',
  changelog_html: null,
};

const ANSWERS = {
  'GET /api/v1/plugins': { plugins: PLUGINS },
  'GET /api/v1/packs': { packs: [PACK, { ...PACK, id: 'other', title: 'Other', enabled: false, state: 'available' }] },
  'GET /api/v1/packs/games': DETAILS,
  'GET /api/v1/themes': { themes: [] },
};

function open(at = '/admin/plugins', answers: Record<string, unknown> = {}): ReturnType<typeof renderInHost> {
  return renderInHost(
    <Routes>
      <Route path="admin/plugins" element={<ExtensionsPage />} />
    </Routes>,
    {
      plugin,
      at,
      user: { permissions: ['tenant.plugins.read', 'tenant.plugins.manage'] },
      answers: { ...ANSWERS, ...answers },
    },
  );
}

const names = (): (string | null)[] => screen.getAllByRole('heading', { level: 3 }).map((each) => each.textContent);

test('packs come before plugins, and the plugins by name', async () => {
  open();
  expect(await screen.findByRole('heading', { name: 'Games' })).toBeVisible();
  expect(names()).toEqual(['Games', 'Other', 'Badges', 'Boards', 'Broken', 'Points', 'Quests']);
  expect(screen.getByText('ImportError: no module')).toBeVisible();
  expect(screen.getByText('Needed by Boards · In the pack Games')).toBeVisible();
});

test('a search and a filter narrow the list, and the way back is shown when nothing fits', async () => {
  const user = userEvent.setup();
  open();
  await user.type(await screen.findByRole('searchbox'), 'about poi');
  expect(names()).toEqual(['Points']);
  await user.click(screen.getByRole('button', { name: 'Off' }));
  expect(screen.getByText('Nothing fits')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show all' }));
  await user.click(screen.getByRole('button', { name: 'Needs attention' }));
  expect(names()).toEqual(['Broken']);
});

test('switching a plugin off names what stops with it, and switches those off too', async () => {
  const user = userEvent.setup();
  const { requests } = open('/admin/plugins', {
    'PUT /api/v1/plugins/points/enabled': makePlugin('points', { enabled: false }),
  });
  await user.click(await screen.findByRole('switch', { name: 'Points' }));
  const dialog = screen.getByRole('dialog', { name: 'Switch off Points?' });
  expect(within(dialog).getByRole('list', { name: 'These cannot do without it and stop too:' })).toHaveTextContent('Boards');
  expect(within(dialog).getByRole('list', { name: 'These packs will be incomplete:' })).toHaveTextContent('Games');
  await user.click(within(dialog).getByRole('button', { name: 'Switch off' }));
  await expect
    .poll(() => requests.find(({ call }) => call === 'PUT /api/v1/plugins/points/enabled')?.body)
    .toEqual({ enabled: false, with_others: true });
});

test('switching a plugin on asks only where more is switched on with it', async () => {
  const user = userEvent.setup();
  const { requests } = open('/admin/plugins', {
    'PUT /api/v1/plugins/badges/enabled': makePlugin('badges'),
  });
  await user.click(await screen.findByRole('switch', { name: 'Quests' }));
  expect(screen.getByText('It needs Badges, which is switched on with it.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await user.click(screen.getByRole('switch', { name: 'Badges' }));
  await expect
    .poll(() => requests.find(({ call }) => call.startsWith('PUT'))?.body)
    .toEqual({ enabled: true, with_others: false });
});

test('switching a pack off says what stops, what stays and why; a refusal stays in the dialog', async () => {
  const user = userEvent.setup();
  open('/admin/plugins', {
    'PUT /api/v1/packs/games/enabled': Response.json(
      { code: 'plugin_refused', title: 'Conflict', detail: 'Boards refused: a match is on.', errors: [] },
      { status: 409 },
    ),
  });
  await user.click(await screen.findByRole('button', { name: 'Switch off Games' }));
  const dialog = await screen.findByRole('dialog', { name: 'Switch off Games?' });
  expect(await within(dialog).findByRole('list', { name: 'These stop for everybody on this site:' })).toHaveTextContent('Boards');
  expect(within(dialog).getByText('The pack Other needs it.')).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Switch off' }));
  expect(await within(dialog).findByText('Boards refused: a match is on.')).toBeVisible();
});

test('an error offers to try again', async () => {
  open('/admin/plugins', { 'GET /api/v1/packs': Response.json({ code: 'internal_error', errors: [] }, { status: 500 }) });
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible();
});
