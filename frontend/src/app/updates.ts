let ready = false;
const listeners = new Set<() => void>();

/** Called by React to follow whether a reload is due. */
export function subscribeToUpdates(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Whether a newer version of the application is on the server. */
export function isUpdateReady(): boolean {
  return ready;
}

/** Asks the user to reload. */
export function announceUpdate(): void {
  ready = true;
  for (const listener of listeners) listener();
}

/** Notices that this version's files are gone from the server, as after an upgrade. */
export function watchUpdates(): void {
  globalThis.addEventListener('vite:preloadError', announceUpdate);
}
