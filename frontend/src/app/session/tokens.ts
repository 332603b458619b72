import type { User } from '@questline/ui-sdk';
import { noteClosed } from './closed.ts';
import { type Impersonation, setImpersonation } from './impersonation.ts';

/** What the server answers to sign-up, log-in and refresh. */
export interface SessionAnswer {
  readonly access_token: string;
  readonly expires_in: number;
  readonly user: User;
  /** A second factor has to be set up before anything else is allowed. */
  readonly must_enrol?: boolean;
  /** Something has to be agreed to before anything else is allowed. */
  readonly must_consent?: boolean;
  /** There where somebody else acts for the user. */
  readonly impersonation?: Impersonation | null;
}

const REFRESH_URL = '/api/v1/auth/refresh';
const LOCK = 'questline-refresh';

let accessToken: string | null = null;
let enrolmentDue = false;
let consentDue = false;
let refreshing: Promise<SessionAnswer | null> | null = null;

/** The access token; it is kept in memory only. */
export function getAccessToken(): string | null {
  return accessToken;
}

/** Replaces the access token, or forgets it. */
export function setAccessToken(token: string | null): void {
  accessToken = token;
}

/** Whether the signed-in user has to set up a second factor before anything else. */
export function mustEnrol(): boolean {
  return enrolmentDue;
}

/** Whether the signed-in user has to agree to something before anything else. */
export function mustConsent(): boolean {
  return consentDue;
}

/** Whether the signed-in user has to do either of that first, and is answered nothing else until then. */
export function mustWait(): boolean {
  return enrolmentDue || consentDue;
}

/** Notes what is due before anything else. */
export function setDue({ must_enrol: enrol = false, must_consent: consent = false }: Partial<SessionAnswer>): void {
  enrolmentDue = enrol;
  consentDue = consent;
}

/** Over TLS the cookie's name has the prefix with which a browser takes it from this very host only. */
const CSRF_COOKIES = ['__Host-questline_csrf=', 'questline_csrf='];

/** The value of the cookie that a state-changing session request must repeat in a header. */
export function readCsrfToken(): string {
  const cookies = document.cookie.split('; ');
  for (const name of CSRF_COOKIES) {
    const entry = cookies.find((part) => part.startsWith(name));
    if (entry !== undefined) return decodeURIComponent(entry.slice(name.length));
  }
  return '';
}

async function requestRefresh(): Promise<SessionAnswer | null> {
  const csrf = readCsrfToken();
  if (csrf === '') return null;
  const response = await noteClosed(
    await fetch(REFRESH_URL, { method: 'POST', headers: { 'X-CSRF-Token': csrf }, credentials: 'same-origin' }),
  );
  if (response.ok) return (await response.json()) as SessionAnswer;
  if (response.status === 401 || response.status === 403) return null;
  throw new Error(`The session could not be renewed: ${response.status}`);
}

/** Runs `task` while no other tab does: refresh tokens rotate, so two tabs must not send the same one. */
async function exclusively<Result>(task: () => Promise<Result>): Promise<Result> {
  return 'locks' in navigator ? await navigator.locks.request(LOCK, task) : await task();
}

/** Renews the session by its cookie; callers at the same time share one request. Null means: signed out. */
export function refreshSession(): Promise<SessionAnswer | null> {
  refreshing ??= exclusively(requestRefresh)
    .then((answer) => {
      accessToken = answer?.access_token ?? null;
      setDue(answer ?? {});
      setImpersonation(answer?.impersonation ?? null);
      return answer;
    })
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}
