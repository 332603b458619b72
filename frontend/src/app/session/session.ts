import { type User, api } from '@questline/ui-sdk';
import { sessionSlice, setTransport } from '@questline/ui-sdk/host';
import { forgetAnswers, recallUser, rememberUser } from '../offline.ts';
import { onlyReading, previewScheme } from '../preview/preview.ts';
import { store } from '../store.ts';
import { setImpersonation } from './impersonation.ts';
import { type SessionAnswer, mustEnrol, refreshSession, setAccessToken, setDue } from './tokens.ts';
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
  setDue(answer);
  setImpersonation(answer.impersonation ?? null);
  enter(answer.user);
}

/** Forgets the user and everything fetched for them; the server's side ends with `POST /auth/log-out` before. */
export async function closeSession(): Promise<void> {
  setAccessToken(null);
  store.dispatch(signedOut());
  store.dispatch(api.util.resetApiState());
  await forgetAnswers();
}

/** Takes over the rights that a second factor brings, where the session had to wait for one. */
export async function finishEnrolment(): Promise<void> {
  if (mustEnrol()) await takeNewRights();
}

/** Renews the session, so that its token says what is allowed now. */
export async function takeNewRights(): Promise<void> {
  await renew();
  store.dispatch(api.util.resetApiState());
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
  const send = createSessionTransport({
    hasUser: () => store.getState().session.user !== null,
    onRenewed: (answer) => enter(answer.user),
    onExpired: () => void closeSession(),
  });
  setTransport(previewScheme === null ? send : onlyReading(send));
  try {
    await renew();
  } catch {
    await startOffline();
  }
}
