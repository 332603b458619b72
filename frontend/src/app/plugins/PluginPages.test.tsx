import { type Contributions, definePlugin } from '@questline/ui-sdk';
import { renderInHost } from '@questline/ui-sdk/testing';
import { screen } from '@testing-library/react';
import { Route, Routes, useParams } from 'react-router';
import { expect, test } from 'vitest';
import PluginPages from './PluginPages.tsx';

const contributions = {
  routes: [
    { path: '', view: 'Start' },
    { path: 'entries/:entryId', view: 'Entry' },
    { path: 'rules', view: 'Rules', permission: 'demo.rules.manage' },
  ],
} as const satisfies Contributions;

const plugin = {
  manifest: { id: 'demo', contributions },
  definition: definePlugin(contributions, {
    views: {
      Start: () => <h1>start page</h1>,
      Entry: () => <h1>entry {useParams().entryId}</h1>,
      Rules: () => <h1>rules page</h1>,
    },
  }),
};

function open(address: string, permissions: readonly string[] = []): void {
  renderInHost(
    <Routes>
      <Route path="x/:pluginId/*" element={<PluginPages />} />
    </Routes>,
    { plugin, at: address, user: { permissions } },
  );
}

test.each([
  ['/x/demo', 'start page'],
  ['/x/demo/', 'start page'],
  ['/x/demo/entries/7', 'entry 7'],
])('%s shows the %s of the plugin', (address, heading) => {
  open(address);
  expect(screen.getByRole('heading', { name: heading })).toBeVisible();
});

test.each(['/x/unknown', '/x/demo/unknown'])('%s is said not to exist', (address) => {
  open(address);
  expect(screen.getByRole('heading', { level: 1, name: 'This does not exist, or no longer.' })).toBeVisible();
});

test('a page that needs a permission says so to those without it', () => {
  open('/x/demo/rules');
  expect(screen.getByRole('heading', { level: 1, name: 'You are not allowed to see this.' })).toBeVisible();
});

test('and shows itself to those who have it', () => {
  open('/x/demo/rules', ['demo.rules.manage']);
  expect(screen.getByRole('heading', { name: 'rules page' })).toBeVisible();
});
