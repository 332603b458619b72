import { api } from '@questline/ui-sdk';
import { sessionSlice, setTransport } from '@questline/ui-sdk/host';
import { store } from '../store.ts';
import { type SessionAnswer, refreshSession, setAccessToken } from './tokens.ts';
import { createSessionTransport } from './transport.ts';

const { signedIn, signedOut } = sessionSlice.actions;
const API_CACHES = /^questline-api/u;

async function forgetAnswers(): Promise<void> {
  store.dispatch(api.util.resetApiState());
  if ('caches' in globalThis) {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => API_CACHES.test(name)).map((name) => caches.delete(name)));
  }
}

/** Takes over the session that sign-up or log-in has opened. */
export async function openSession(answer: SessionAnswer): Promise<void> {
  await forgetAnswers();
  setAccessToken(answer.access_token);
  store.dispatch(signedIn(answer.user));
}

/** Forgets the user and everything fetched for them; the server's side ends with `POST /auth/log-out` before. */
export async function closeSession(): Promise<void> {
  setAccessToken(null);
  store.dispatch(signedOut());
  await forgetAnswers();
}

/** Makes all API calls use the session, and renews it once at the start. */
export async function startSession(): Promise<void> {
  setTransport(
    createSessionTransport({
      onRenewed: (answer) => store.dispatch(signedIn(answer.user)),
      onExpired: () => void closeSession(),
    }),
  );
  try {
    const answer = await refreshSession();
    store.dispatch(answer === null ? signedOut() : signedIn(answer.user));
  } catch {
    store.dispatch(signedOut());
  }
}
