import type { User } from '@questline/ui-sdk';

/** What the server answers to sign-up, log-in and refresh. */
export interface SessionAnswer {
  readonly access_token: string;
  readonly expires_in: number;
  readonly user: User;
}

const REFRESH_URL = '/api/v1/auth/refresh';
const LOCK = 'questline-refresh';

let accessToken: string | null = null;
let refreshing: Promise<SessionAnswer | null> | null = null;

/** The access token; it is kept in memory only. */
export function getAccessToken(): string | null {
  return accessToken;
}

/** Replaces the access token, or forgets it. */
export function setAccessToken(token: string | null): void {
  accessToken = token;
}

/** The value of the cookie that a state-changing session request must repeat in a header. */
export function readCsrfToken(): string {
  const entry = document.cookie.split('; ').find((part) => part.startsWith('questline_csrf='));
  return entry === undefined ? '' : decodeURIComponent(entry.slice('questline_csrf='.length));
}

async function requestRefresh(): Promise<SessionAnswer | null> {
  const csrf = readCsrfToken();
  if (csrf === '') return null;
  const response = await fetch(REFRESH_URL, {
    method: 'POST',
    headers: { 'X-CSRF-Token': csrf },
    credentials: 'same-origin',
  });
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
      return answer;
    })
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}
