import { api, authorizedFetch } from '@questline/ui-sdk';
import { store } from '../store.ts';
import { LiveConnection } from './stream.ts';

/** Tags of data that live messages change; fetched again after the stream was lost for a while. */
const HOST_TAGS = ['Dashboard', 'Course', 'UiPlugins'] as const;

const pluginTags = new Set<string>();

/** Fetches again whatever carries one of these tags; tags are only known once their plugin has declared them. */
export function invalidateTags(tags: Iterable<string>): void {
  const names = [...tags];
  if (names.length > 0) store.dispatch(api.util.invalidateTags(names as never[]));
}

/** Remembers tags that must be refreshed after a loss of the stream. */
export function refreshAfterLoss(tags: Iterable<string>): void {
  for (const tag of tags) pluginTags.add(tag);
}

const reconnectListeners = new Set<() => void>();

/** Calls back when the stream is there again after a loss; the server may be another version of itself. */
export function afterReconnect(listener: () => void): void {
  reconnectListeners.add(listener);
}

/** The tab's one live connection. */
export const live = new LiveConnection({
  open: (signal) => authorizedFetch('/api/v1/live', { headers: { Accept: 'text/event-stream' }, signal }),
  onReconnect: () => {
    invalidateTags([...HOST_TAGS, ...pluginTags]);
    for (const listener of reconnectListeners) listener();
  },
});

live.subscribe('content.progress.changed', () => invalidateTags(['Dashboard', 'Course']));

/** Keeps the connection open exactly while somebody is signed in. */
export function followSession(): void {
  let userId: string | null = null;
  store.subscribe(() => {
    const next = store.getState().session.user?.id ?? null;
    if (next === userId) return;
    userId = next;
    live.stop();
    if (next !== null) live.start();
  });
}
