import { type LoaderFunctionArgs, redirect } from 'react-router';
import { loadPlugins } from '../plugins/plugins.ts';
import { previewScheme } from '../preview/preview.ts';
import { store } from '../store.ts';
import { mustConsent, mustEnrol, mustWait } from './tokens.ts';

/** The only page for who has to set up a second factor first. */
const SECURITY_PATH = '/security';

/** The page for who has to agree to something first, and those that they may see before. */
export const CONSENT_PATH = '/agree';
const BEFORE_CONSENT = new Set([CONSENT_PATH, '/privacy', SECURITY_PATH]);

const started = Promise.withResolvers<void>();

/** Lets the guards go on: it is known now who is signed in, if anybody. */
export function releaseGuards(): void {
  started.resolve();
}

/** Where to go after log-in: a path of this site from `?next=`, else the dashboard. */
export function nextPath(search: URLSearchParams): string {
  const next = search.get('next') ?? '/';
  return next.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/';
}

/** The log-in page that leads on to `next`. */
export function logInPath(next: string): string {
  return next === '/' ? '/log-in' : `/log-in?next=${encodeURIComponent(next)}`;
}

/** Route loader: sends visitors to the log-in page and brings them back afterwards. */
export async function requireUser({ request }: LoaderFunctionArgs): Promise<null> {
  await started.promise;
  const url = new URL(request.url);
  if (store.getState().session.user !== null) {
    if (mustEnrol() && url.pathname !== SECURITY_PATH) throw redirect(SECURITY_PATH);
    if (mustConsent() && !BEFORE_CONSENT.has(url.pathname)) {
      throw redirect(`${CONSENT_PATH}?next=${encodeURIComponent(url.pathname + url.search)}`);
    }
    return null;
  }
  throw redirect(logInPath(url.pathname + url.search));
}

/** Route loader: keeps signed-in users away from the log-in and sign-up pages. */
export async function requireVisitor({ request }: LoaderFunctionArgs): Promise<null> {
  await started.promise;
  if (store.getState().session.user === null || previewScheme !== null) return null;
  throw redirect(nextPath(new URL(request.url).searchParams));
}

/** Route loader: waits until it is known who is signed in. */
export async function awaitStart(): Promise<null> {
  await started.promise;
  return null;
}

/** Route loader: waits for the list of plugins, so that an address of a plugin's page can be opened directly. */
export async function requirePlugins(): Promise<null> {
  await started.promise;
  if (store.getState().session.user !== null && !mustWait()) await loadPlugins();
  return null;
}
