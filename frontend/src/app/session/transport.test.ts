import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { getClosed } from './closed.ts';
import { setAccessToken } from './tokens.ts';
import { createSessionTransport } from './transport.ts';

const ADDRESS = 'http://localhost/api/v1/dashboard';

let valid: string | null;
let calls: string[];
let events: string[];

function transport() {
  return createSessionTransport({
    hasUser: () => false,
    onRenewed: ({ access_token }) => events.push(`renewed ${access_token}`),
    onExpired: () => events.push('expired'),
  });
}

beforeEach(() => {
  document.cookie = 'questline_csrf=c; path=/';
  calls = [];
  events = [];
  valid = 'fresh';
  vi.stubGlobal('fetch', async (input: Request | string) => {
    const url = typeof input === 'string' ? input : new URL(input.url).pathname;
    const token = typeof input === 'string' ? null : input.headers.get('Authorization');
    const body = typeof input === 'string' ? '' : await input.text();
    calls.push([url, token, body].filter(Boolean).join(' '));
    if (url.endsWith('/auth/refresh')) {
      return valid === null
        ? Response.json({}, { status: 401 })
        : Response.json({ access_token: valid, expires_in: 600, user: {} });
    }
    return Response.json({}, { status: token === `Bearer ${valid}` ? 200 : 401 });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  setAccessToken(null);
});

test('an expired token is renewed once for all requests under way, and each is sent again with its body', async () => {
  setAccessToken('stale');
  const send = transport();
  const answers = await Promise.all(
    ['a', 'b', 'c'].map((body) => send(new Request(ADDRESS, { method: 'POST', body }))),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(calls.filter((call) => call.endsWith('/auth/refresh'))).toHaveLength(1);
  expect(calls.filter((call) => call.includes('Bearer fresh')).map((call) => call.at(-1))).toEqual(['a', 'b', 'c']);
});

test('a session that cannot be renewed ends, and the first answer is given', async () => {
  setAccessToken('stale');
  valid = null;
  const answer = await transport()(new Request(ADDRESS));
  expect(answer.status).toBe(401);
  expect(events).toEqual(['expired']);
});

test('a request that is refused with a new token is not sent a third time', async () => {
  setAccessToken('stale');
  vi.stubGlobal('fetch', async (input: Request | string) => {
    calls.push(typeof input === 'string' ? input : input.url);
    return typeof input === 'string'
      ? Response.json({ access_token: 'other', expires_in: 600, user: {} })
      : Response.json({}, { status: 401 });
  });
  expect((await transport()(new Request(ADDRESS))).status).toBe(401);
  expect(calls).toEqual([ADDRESS, '/api/v1/auth/refresh', ADDRESS]);
});

test('a visitor gets the refusal as it is', async () => {
  expect((await transport()(new Request(ADDRESS))).status).toBe(401);
  expect(calls).toEqual(['/api/v1/dashboard']);
});

test('a site that is suspended is known from any answer, and open again with the next that is given', async () => {
  const answers = [
    Response.json({ code: 'permission_denied' }, { status: 403 }),
    Response.json({ code: 'tenant_suspended' }, { status: 403 }),
    Response.json({}),
  ];
  vi.stubGlobal('fetch', async () => answers.shift());
  const send = transport();
  const seen = [];
  for (let number = 0; number < 3; number += 1) {
    await send(new Request(ADDRESS));
    seen.push(getClosed());
  }
  expect(seen).toEqual([null, 'tenant_suspended', null]);
});
