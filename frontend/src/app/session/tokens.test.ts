import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type * as Tokens from './tokens.ts';

const USER = { id: 'u1', display_name: 'Ada' };

interface Server {
  requests: number;
  running: number;
  mostAtOnce: number;
  csrf: (string | null)[];
  status: number;
}

let server: Server;

function openTab(): Promise<typeof Tokens> {
  vi.resetModules();
  return import('./tokens.ts');
}

beforeEach(() => {
  document.cookie = 'questline_csrf=secret%3D; path=/';
  server = { requests: 0, running: 0, mostAtOnce: 0, csrf: [], status: 200 };
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    server.requests += 1;
    server.running += 1;
    server.mostAtOnce = Math.max(server.mostAtOnce, server.running);
    server.csrf.push(new Headers(init.headers).get('X-CSRF-Token'));
    const number = server.requests;
    await Promise.resolve();
    server.running -= 1;
    return server.status === 200
      ? Response.json({ access_token: `token-${number}`, expires_in: 600, user: USER })
      : Response.json({}, { status: server.status });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  document.cookie = 'questline_csrf=; path=/; max-age=0';
});

test('callers at the same time share one request', async () => {
  const tab = await openTab();
  const answers = await Promise.all([tab.refreshSession(), tab.refreshSession(), tab.refreshSession()]);
  expect(server.requests).toBe(1);
  expect(answers.map((answer) => answer?.access_token)).toEqual(['token-1', 'token-1', 'token-1']);
  expect(tab.getAccessToken()).toBe('token-1');
  expect(server.csrf).toEqual(['secret=']);
  await tab.refreshSession();
  expect(server.requests).toBe(2);
});

test('two tabs never renew at the same moment', async () => {
  let last: Promise<unknown> = Promise.resolve();
  const locks = {
    request: <Result>(_name: string, task: () => Promise<Result>): Promise<Result> => {
      const next = last.then(task);
      last = next.catch(() => undefined);
      return next;
    },
  };
  vi.stubGlobal('navigator', { locks });
  const [first, second] = [await openTab(), await openTab()];
  await Promise.all([first.refreshSession(), second.refreshSession()]);
  expect(server.requests).toBe(2);
  expect(server.mostAtOnce).toBe(1);
});

test('without the readable cookie nobody is signed in, and no request is made', async () => {
  document.cookie = 'questline_csrf=; path=/; max-age=0';
  const tab = await openTab();
  expect(await tab.refreshSession()).toBeNull();
  expect(server.requests).toBe(0);
});

test('over TLS the token comes from the cookie that only this very host can set', async () => {
  const cookies = vi.spyOn(document, 'cookie', 'get').mockReturnValue('questline_csrf=planted; __Host-questline_csrf=ours');
  const tab = await openTab();
  await tab.refreshSession();
  expect(server.csrf).toEqual(['ours']);
  cookies.mockRestore();
});

test('a refused renewal ends the session, a failing server does not', async () => {
  const tab = await openTab();
  server.status = 503;
  await expect(tab.refreshSession()).rejects.toThrow(/503/u);
  server.status = 401;
  expect(await tab.refreshSession()).toBeNull();
  expect(tab.getAccessToken()).toBeNull();
});
