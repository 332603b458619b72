import { type PluginDefinition, SDK_VERSION } from '@questline/ui-sdk';
import type { PluginManifest } from '@questline/ui-sdk/host';
import { expect, test } from 'vitest';
import { type PluginModule, Registry, type RegistryOptions } from './registry.ts';

const definition: PluginDefinition = { views: {} };

function manifest(id: string, changes: Partial<PluginManifest> = {}): PluginManifest {
  return {
    id,
    version: '1.0.0',
    title: id,
    entry: `/plugins/${id}/index.js`,
    css: [],
    integrity: null,
    sdk: '>=0.1,<0.2',
    contributions: {},
    ...changes,
  };
}

function setUp(changes: Partial<RegistryOptions> = {}) {
  const imported: string[] = [];
  const installed: string[] = [];
  const refused: string[] = [];
  const registry = new Registry({
    importModule: async (entry) => {
      imported.push(entry);
      return { default: definition };
    },
    addStylesheet: () => Promise.resolve(),
    install: ({ id }) => installed.push(id),
    onRefused: ({ id }, error) => refused.push(`${id}: ${error.name}`),
    ...changes,
  });
  return { registry, imported, installed, refused };
}

test('a listed plugin costs nothing until its code is needed, and is fetched once', async () => {
  const { registry, imported, installed } = setUp();
  registry.replace([manifest('points')]);
  expect(imported).toEqual([]);
  const [first, second] = await Promise.all([registry.load('points'), registry.load('points')]);
  expect(first).toBe(definition);
  expect(second).toBe(definition);
  expect(imported).toEqual(['/plugins/points/index.js']);
  expect(installed).toEqual(['points']);
});

test('a plugin for another SDK is left out and reported; the others stay', () => {
  const { registry, refused } = setUp();
  registry.replace([manifest('old', { sdk: '>=9' }), manifest('points', { sdk: `==${SDK_VERSION}` })]);
  expect(registry.getSnapshot().map(({ id }) => id)).toEqual(['points']);
  expect(refused).toEqual(['old: IncompatiblePluginError']);
});

test('a plugin whose code does not arrive in time fails by itself', async () => {
  const { registry } = setUp({ importModule: () => new Promise(() => undefined), timeout: 5 });
  registry.replace([manifest('slow')]);
  await expect(registry.load('slow')).rejects.toThrow(/did not arrive within 5 ms/u);
});

test('a failed plugin is tried again only when asked', async () => {
  let attempts = 0;
  const { registry } = setUp({
    importModule: async () => {
      attempts += 1;
      if (attempts === 1) throw new TypeError('network');
      return { default: definition };
    },
  });
  registry.replace([manifest('points')]);
  await expect(registry.load('points')).rejects.toThrow('network');
  await expect(registry.load('points')).rejects.toThrow('network');
  registry.retry('points');
  await expect(registry.load('points')).resolves.toBe(definition);
});

test('an entry without a definition is refused', async () => {
  const { registry } = setUp({ importModule: () => Promise.resolve({} as PluginModule) });
  registry.replace([manifest('empty')]);
  await expect(registry.load('empty')).rejects.toThrow(/no definePlugin/u);
});

test('a missing style sheet fails the plugin before it can show unstyled', async () => {
  const { registry, installed } = setUp({ addStylesheet: () => Promise.reject(new Error('no style')) });
  registry.replace([manifest('points', { css: ['/plugins/points/a.css'] })]);
  await expect(registry.load('points')).rejects.toThrow('no style');
  expect(installed).toEqual([]);
});

test('a new list adds and removes plugins, tells its followers, and a new build is fetched anew', async () => {
  const { registry, imported } = setUp();
  let changes = 0;
  registry.subscribe(() => {
    changes += 1;
  });
  registry.replace([manifest('points'), manifest('badges')]);
  await registry.load('points');
  const kept = registry.getSnapshot()[0];
  registry.replace([manifest('points')]);
  expect(registry.getSnapshot()).toHaveLength(1);
  expect(registry.getSnapshot()[0]).toBe(kept);
  registry.replace([manifest('points', { version: '1.1.0', entry: '/plugins/points/next.js' })]);
  await registry.load('points');
  expect(imported).toEqual(['/plugins/points/index.js', '/plugins/points/next.js']);
  expect(changes).toBe(3);
  await expect(registry.load('badges')).rejects.toThrow(ReferenceError);
});
