import { sessionSlice, setTransport } from '@questline/ui-sdk/host';
import { beforeEach, expect, test } from 'vitest';
import { setDue } from '../session/tokens.ts';
import { store } from '../store.ts';
import { followPlugins } from './plugins.ts';

const { signedIn, signedOut } = sessionSlice.actions;
const USER = { id: 'ada', permissions: [] as readonly string[] };

let asked: string[];

beforeEach(() => {
  asked = [];
  setTransport(async (request) => {
    asked.push(new URL(request.url).pathname);
    return Response.json({ plugins: [] });
  });
});

test('the list is fetched once its user is let on, not while they have to agree to something', () => {
  followPlugins();
  setDue({ must_consent: true });
  store.dispatch(signedIn(USER as never));
  expect(asked).toEqual([]);
  setDue({});
  store.dispatch(signedIn(USER as never));
  expect(asked).toEqual(['/api/v1/ui/plugins']);
  store.dispatch(signedIn(USER as never));
  expect(asked).toHaveLength(1);
  store.dispatch(signedOut());
});
