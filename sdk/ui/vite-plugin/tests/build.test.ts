import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SDK_RANGE, questlinePlugin } from '../src/index.js';

const contributions = { routes: [{ path: '', view: 'Later' }], slots: [{ slot: 'dashboard.main', view: 'Card' }] } as const;

interface Manifest {
  readonly id: string;
  readonly version: string;
  readonly sdk: string;
  readonly entry: string;
  readonly integrity: string;
  readonly css: readonly string[];
  readonly imports: Readonly<Record<string, readonly string[]>>;
  readonly texts: unknown;
  readonly contributions: unknown;
}

let folder: string;
let manifest: Manifest;
let code: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'questline-ui-'));
  await build({
    root: join(import.meta.dirname, 'fixture'),
    configFile: false,
    logLevel: 'silent',
    plugins: [questlinePlugin({ id: 'fixture', contributions, entry: 'src/index.jsx', outDir: folder })],
  });
  manifest = JSON.parse(await readFile(join(folder, 'plugin.json'), 'utf8')) as Manifest;
  code = await readFile(join(folder, manifest.entry), 'utf8');
}, 60_000);

afterAll(() => rm(folder, { recursive: true }));

test('plugin.json says what core must know without running the code', () => {
  expect(manifest).toMatchObject({ id: 'fixture', version: '1.4.0', sdk: SDK_RANGE, contributions });
  expect(manifest.entry).toMatch(/^index-[\w-]+\.js$/u);
  expect(manifest.integrity).toBe(`sha384-${createHash('sha384').update(code).digest('base64')}`);
});

test('it lists the names taken from each shared package, deep MUI imports and CommonJS dependencies included', () => {
  expect(manifest.imports['@questline/ui-sdk']).toEqual(['definePlugin', 'useUser']);
  expect(manifest.imports['@mui/material']).toEqual(expect.arrayContaining(['Button', 'buttonClasses', 'createSvgIcon']));
  expect(manifest.imports['react-router']).toEqual(['useNavigate']);
  expect(Object.keys(manifest.imports)).toContain('react');
});

test('it lists the texts of each language with the values in them', () => {
  expect(manifest.texts).toEqual({
    de: { title: [], 'count.points_other': ['count', 'name'] },
    en: { title: [], 'count.points_one': ['name'], 'count.points_other': ['count', 'name'] },
  });
});

test('nothing that the host shares is bundled, and nothing is required at run time', () => {
  expect(code.length).toBeLessThan(6000);
  expect(code).not.toMatch(/\brequire\(["'`]/u);
  expect(code).not.toContain('@mui/material/');
});

test('style sheets of the entry are listed; later code lies in its own file', async () => {
  expect(manifest.css).toHaveLength(1);
  const files = await readdir(folder);
  expect(files).toEqual(expect.arrayContaining([...manifest.css]));
  expect(files.filter((name) => name.startsWith('Later-'))).toHaveLength(1);
});

test('the parts of management pages are bundled, with what they take from shared packages listed', async () => {
  expect(Object.keys(manifest.imports)).not.toContain('@questline/ui-sdk/admin');
  expect(manifest.imports['@mui/material']).toContain('DialogActions');
  const later = (await readdir(folder)).find((name) => name.startsWith('Later-')) ?? '';
  const page = await readFile(join(folder, later), 'utf8');
  expect(page).not.toContain('@questline/ui-sdk/admin');
  expect(page.length).toBeLessThan(3000);
});
