import { useCallback, useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { Celebration, Notice } from './celebration.ts';
import { type LiveHandler, type PluginManifest, useHost } from './services.ts';
import type { Site, User } from './session.ts';
import { useRootSelector } from './state.ts';

/** The signed-in user, or null. */
export function useUser(): User | null {
  return useRootSelector((state) => state.session.user);
}

/** A function that says whether the signed-in user holds a permission. */
export function useCan(): (permission: string | undefined) => boolean {
  const user = useUser();
  return useCallback(
    (permission) => permission === undefined || (user?.permissions.includes(permission) ?? false),
    [user],
  );
}

/** Whether the signed-in user holds a permission. */
export function usePermission(permission: string): boolean {
  return useCan()(permission);
}

/** The tenant's site, once it is known. */
export function useSite(): Site | undefined {
  return useHost().site;
}

/** Calls `handler` for each live message of a topic while the component is shown. */
export function useLive<Payload = unknown>(topic: string, handler: LiveHandler<Payload>): void {
  const { live } = useHost();
  const onMessage = useEffectEvent((payload: unknown) => handler(payload as Payload));
  useEffect(() => live.subscribe(topic, (payload) => onMessage(payload)), [live, topic]);
}

/** A function that shows a celebration. */
export function useCelebrate(): (celebration: Celebration) => void {
  return useHost().celebrate;
}

/** A function that shows a short message. */
export function useNotify(): (notice: Notice) => void {
  return useHost().notify;
}

/** The plugins whose contributions are drawn now. */
export function usePlugins(): readonly PluginManifest[] {
  const { plugins } = useHost();
  return useSyncExternalStore(plugins.subscribe, plugins.getSnapshot);
}
