import type { Scheme } from './protocol.ts';

function readScheme(): Scheme | null {
  if (globalThis.window === globalThis.parent) return null;
  const scheme = new URLSearchParams(globalThis.location.search).get('preview');
  return scheme === 'light' || scheme === 'dark' ? scheme : null;
}

/** The colour scheme to begin with where this page is shown in the theme editor's frame; null everywhere else. */
export const previewScheme = readScheme();

type Send = (request: Request) => Promise<Response>;

const REFUSED = { title: 'This is a preview', detail: 'This is a preview: nothing is changed.', status: 403, code: 'preview' };

/** Lets only requests that change nothing leave the frame; the others are refused as the server would. */
export function onlyReading(send: Send): Send {
  return async (request) =>
    request.method === 'GET'
      ? send(request)
      : Response.json(REFUSED, { status: 403, headers: { 'content-type': 'application/problem+json' } });
}
