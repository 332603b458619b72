import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer as createBackEnd, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { questlinePlugin } from '../src/index.js';

const contributions = { routes: [{ path: '', view: 'Page', title: { en: 'Fixture' } }] };
const BUILT = { plugins: [{ id: 'fixture', title: 'Built', entry: '/plugins/fixture/1/index.js' }, { id: 'points' }] };
const PAGE = '<!doctype html><html><head><script type="importmap">{"imports":{}}</script></head><body></body></html>';

let backEnd: Server;
let vite: ViteDevServer;
let address: string;

function listening(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  const host = await mkdtemp(join(tmpdir(), 'questline-host-'));
  await writeFile(join(host, 'index.html'), PAGE);
  await writeFile(join(host, 'app.js'), 'start();');
  await writeFile(join(host, 'csp.json'), '{"nonce_placeholder":"__NONCE__"}');
  await writeFile(join(host, 'shared.json'), '{"modules":{"react":["default","useState"]}}');
  backEnd = createBackEnd((request, response) => {
    const body = request.url === '/api/v1/ui/plugins' ? JSON.stringify(BUILT) : `back end: ${request.url}`;
    response.end(body);
  });
  await new Promise<void>((resolve) => void backEnd.listen(0, '127.0.0.1', resolve));
  process.env.QUESTLINE_DEV_BACK_END = listening(backEnd);
  process.env.QUESTLINE_DEV_HOST = host;
  vite = await createServer({
    configFile: false,
    root: join(import.meta.dirname, 'fixture'),
    logLevel: 'silent',
    plugins: [questlinePlugin({ id: 'fixture', contributions, entry: 'src/index.jsx' })],
    server: { host: '127.0.0.1', port: 0, watch: null },
  });
  await vite.listen();
  address = listening(vite.httpServer as Server);
});

afterAll(async () => {
  delete process.env.QUESTLINE_DEV_BACK_END;
  delete process.env.QUESTLINE_DEV_HOST;
  await vite.close();
  backEnd.close();
});

async function read(path: string, headers: Record<string, string> = {}): Promise<string> {
  return (await fetch(address + path, { headers })).text();
}

test('addresses of the site go to the server behind', async () => {
  expect(await read('/api/v1/me')).toBe('back end: /api/v1/me');
});

test('the list of plugins has the sources in place of what was built', async () => {
  const { plugins } = JSON.parse(await read('/api/v1/ui/plugins'));
  expect(plugins).toMatchObject([{ id: 'points' }, { id: 'fixture', title: 'Built', entry: '/@plugin/@questline/entry.js', contributions }]);
});

test('a page of the site starts with its import map and the client that applies edits', async () => {
  const html = await read('/x/fixture', { 'sec-fetch-dest': 'document' });
  expect(html.indexOf('importmap')).toBeGreaterThan(0);
  expect(html.indexOf('/@plugin/@vite/client')).toBeGreaterThan(html.indexOf('importmap'));
});

test("a file of the host's build is served, and none outside of it", async () => {
  expect(await read('/app.js')).toBe('start();');
  expect(await read('/..%2f..%2fpackage.json')).toContain('back end');
});

test('shared packages are those of the page', async () => {
  const react = await read('/@plugin/@id/__x00__questline-shared:react');
  expect(react).toContain('["react"][0]');
  expect(react).toContain('export const { useState } = shared');
});

test('the entry takes over each edit', async () => {
  const entry = await read('/@plugin/@questline/entry.js');
  expect(entry).toContain('import.meta.hot.accept');
  expect(entry).toContain('/src/index.jsx');
});
