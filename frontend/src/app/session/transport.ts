import { noteClosed } from './closed.ts';
import { type SessionAnswer, getAccessToken, readCsrfToken, refreshSession } from './tokens.ts';

/** What the session does when a renewal succeeded or the session is over. */
export interface SessionEvents {
  /** Whether somebody is signed in, be it from what was kept for use offline. */
  hasUser(): boolean;
  onRenewed(answer: SessionAnswer): void;
  onExpired(): void;
}

const SESSION_PATH = /^\/api\/v1\/auth\//u;
const CSRF_PATH = /^\/api\/v1\/auth\/(refresh|log-out|impersonation(\/end)?)$/u;

function withHeaders(request: Request): Request {
  const token = getAccessToken();
  const headers = new Headers(request.headers);
  if (token !== null) headers.set('Authorization', `Bearer ${token}`);
  if (CSRF_PATH.test(new URL(request.url).pathname)) headers.set('X-CSRF-Token', readCsrfToken());
  return new Request(request, { headers });
}

/** Sends requests with the access token and, on 401, renews it once and tries again. */
export function createSessionTransport(events: SessionEvents): (request: Request) => Promise<Response> {
  return async (request) => {
    const again = request.clone();
    const used = getAccessToken();
    const response = await noteClosed(await fetch(withHeaders(request)));
    if (response.status !== 401 || SESSION_PATH.test(new URL(request.url).pathname)) return response;
    if (used === null && !events.hasUser()) return response;
    if (getAccessToken() === used) {
      const answer = await refreshSession();
      if (answer === null) {
        events.onExpired();
        return response;
      }
      events.onRenewed(answer);
    }
    return noteClosed(await fetch(withHeaders(again)));
  };
}
