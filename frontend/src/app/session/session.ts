import { type User, api } from '@questline/ui-sdk';
import { sessionSlice, setTransport } from '@questline/ui-sdk/host';
import { forgetAnswers, recallUser, rememberUser } from '../offline.ts';
import { store } from '../store.ts';
import { type SessionAnswer, refreshSession, setAccessToken } from './tokens.ts';
import { createSessionTransport } from './transport.ts';

const { signedIn, signedOut } = sessionSlice.actions;

function enter(user: User): void {
  store.dispatch(signedIn(user));
  rememberUser(user).catch(reportError);
}

/** Takes over the session that sign-up or log-in has opened. */
export async function openSession(answer: SessionAnswer): Promise<void> {
  store.dispatch(api.util.resetApiState());
  await forgetAnswers();
  setAccessToken(answer.access_token);
  enter(answer.user);
}

/** Forgets the user and everything fetched for them; the server's side ends with `POST /auth/log-out` before. */
export async function closeSession(): Promise<void> {
  setAccessToken(null);
  store.dispatch(signedOut());
  store.dispatch(api.util.resetApiState());
  await forgetAnswers();
}

async function renew(): Promise<void> {
  const answer = await refreshSession();
  if (answer === null) {
    if (store.getState().session.user === null) store.dispatch(signedOut());
    else await closeSession();
  } else enter(answer.user);
}

/** Without a network: shows what is kept of the last user, and renews the session when the network is back. */
async function startOffline(): Promise<void> {
  const user = await recallUser().catch(() => null);
  store.dispatch(user === null ? signedOut() : signedIn(user));
  globalThis.addEventListener('online', () => void renew().catch(reportError), { once: true });
}

/** Makes all API calls use the session, and renews it once at the start. */
export async function startSession(): Promise<void> {
  setTransport(
    createSessionTransport({
      hasUser: () => store.getState().session.user !== null,
      onRenewed: (answer) => enter(answer.user),
      onExpired: () => void closeSession(),
    }),
  );
  try {
    await renew();
  } catch {
    await startOffline();
  }
}
