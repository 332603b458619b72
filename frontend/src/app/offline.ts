import type { User } from '@questline/ui-sdk';

const API_CACHE = 'questline-api';
const ME = '/api/v1/me';

/** Installs the service worker once the page is drawn, so that it does not compete with the first load. */
export function installServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const register = (): void => void navigator.serviceWorker.register('/sw.js').catch(reportError);
  if (document.readyState === 'complete') register();
  else globalThis.addEventListener('load', register, { once: true });
}

/** Keeps who is signed in for a start without a network; the API's answers for them lie in the same cache. */
export async function rememberUser(user: User): Promise<void> {
  if (!('caches' in globalThis)) return;
  const cache = await caches.open(API_CACHE);
  await cache.put(ME, Response.json(user));
}

/** Who was signed in when the network was last there. */
export async function recallUser(): Promise<User | null> {
  if (!('caches' in globalThis)) return null;
  const answer = await caches.match(ME, { cacheName: API_CACHE, ignoreVary: true });
  return answer === undefined ? null : ((await answer.json()) as User);
}

/** Forgets every answer of the API that was kept for use offline. */
export async function forgetAnswers(): Promise<void> {
  if (!('caches' in globalThis)) return;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(API_CACHE)).map((name) => caches.delete(name)));
}
