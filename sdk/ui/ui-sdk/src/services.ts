import { createContext, useContext } from 'react';
import type { Celebration, Notice } from './celebration.ts';
import type { Contributions } from './contributions.ts';
import type { PluginDefinition } from './plugin.ts';
import type { Site } from './session.ts';

/** One message of the live stream. */
export type LiveHandler<Payload = unknown> = (payload: Payload) => void;

/** The tab's one connection for live messages. */
export interface LiveStream {
  /** Calls `handler` for each message of `topic` until the returned function is called. */
  readonly subscribe: (topic: string, handler: LiveHandler) => () => void;
}

/** A plugin's user interface as `GET /api/v1/ui/plugins` describes it. */
export interface PluginManifest {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly entry: string;
  readonly css: readonly string[];
  readonly integrity: string | null;
  /** Range of ui-sdk versions it was built for, for example `>=0.1,<0.2`. */
  readonly sdk: string;
  readonly contributions: Contributions;
}

/** The plugins whose contributions are drawn now. */
export interface PluginRegistry {
  readonly subscribe: (listener: () => void) => () => void;
  /** The same array until the list changes. */
  readonly getSnapshot: () => readonly PluginManifest[];
  /** The plugin's code, fetched at first use; the same promise until it is retried. */
  readonly load: (pluginId: string) => Promise<PluginDefinition>;
  /** Forgets a failed load, so that the next use tries again. */
  readonly retry: (pluginId: string) => void;
}

/** What the host offers to everything drawn inside it. */
export interface HostServices {
  readonly site: Site | undefined;
  readonly live: LiveStream;
  readonly plugins: PluginRegistry;
  readonly notify: (notice: Notice) => void;
  readonly celebrate: (celebration: Celebration) => void;
}

/** Context that carries the host's services. */
export const HostContext = createContext<HostServices | null>(null);

/** The host's services; throws outside the host and outside `renderInHost`. */
export function useHost(): HostServices {
  const services = useContext(HostContext);
  if (services === null) throw new Error('This component needs the Questline host around it.');
  return services;
}
