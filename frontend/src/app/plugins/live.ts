import type { Celebration, CelebrationFactory, LiveContribution } from '@questline/ui-sdk';
import type { PluginManifest } from '@questline/ui-sdk/host';
import { celebrate } from '../feedback/notices.ts';
import { i18n } from '../i18n/index.ts';
import { afterReconnect, invalidateTags, live, refreshAfterLoss } from '../live/live.ts';
import { loadPlugins, registry } from './plugins.ts';

async function makeCelebration(plugin: PluginManifest, topic: string, payload: unknown): Promise<Celebration | null> {
  const definition = await registry.load(plugin.id);
  const factory = definition.celebrations?.[topic] as CelebrationFactory<unknown> | undefined;
  return factory?.(payload, { translate: (key, values) => i18n.getFixedT(null, plugin.id)(key, values ?? {}) }) ?? null;
}

async function react(plugin: PluginManifest, contribution: LiveContribution, payload: unknown): Promise<void> {
  invalidateTags(contribution.invalidates ?? []);
  if (contribution.celebrates !== true) return;
  const celebration = await makeCelebration(plugin, contribution.topic, payload);
  if (celebration !== null) celebrate(celebration);
}

let subscriptions: (() => void)[] = [];

function subscribeAll(): void {
  for (const unsubscribe of subscriptions) unsubscribe();
  subscriptions = registry.getSnapshot().flatMap((plugin) =>
    (plugin.contributions.live ?? []).map((contribution) => {
      refreshAfterLoss(contribution.invalidates ?? []);
      return live.subscribe(contribution.topic, (payload) => {
        react(plugin, contribution, payload).catch(reportError);
      });
    }),
  );
}

/** Follows the list of plugins and does what they declare for live messages. */
export function watchPlugins(): void {
  registry.subscribe(subscribeAll);
  live.subscribe('plugins.changed', () => void loadPlugins({ again: true }));
  afterReconnect(() => void loadPlugins({ again: true }));
}
