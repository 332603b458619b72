import { type LoaderFunctionArgs, redirect } from 'react-router';
import { store } from '../store.ts';

let started: Promise<void> = Promise.resolve();

/** Makes the guards wait for the session's start. */
export function guardAfter(start: Promise<void>): void {
  started = start;
}

/** Where to go after log-in: a path of this site from `?next=`, else the dashboard. */
export function nextPath(search: URLSearchParams): string {
  const next = search.get('next') ?? '/';
  return next.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/';
}

/** Route loader: sends visitors to the log-in page and brings them back afterwards. */
export async function requireUser({ request }: LoaderFunctionArgs): Promise<null> {
  await started;
  if (store.getState().session.user !== null) return null;
  const url = new URL(request.url);
  const next = url.pathname + url.search;
  throw redirect(next === '/' ? '/log-in' : `/log-in?next=${encodeURIComponent(next)}`);
}

/** Route loader: keeps signed-in users away from the log-in and sign-up pages. */
export async function requireVisitor({ request }: LoaderFunctionArgs): Promise<null> {
  await started;
  if (store.getState().session.user === null) return null;
  throw redirect(nextPath(new URL(request.url).searchParams));
}
