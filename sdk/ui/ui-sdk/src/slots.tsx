import type { ReactNode } from 'react';
import { ContributionView } from './contribution-view.tsx';
import type { SlotContribution, SlotName } from './contributions.ts';
import { useCan, usePlugins } from './hooks.ts';
import type { PluginManifest } from './services.ts';

/** What the host tells the views drawn in each slot. */
export interface SlotProps {
  'dashboard.main': object;
  'dashboard.aside': object;
  'profile.main': object;
  'app.header': object;
  /** `children` is the host's button to enrol, which a view draws where it has nothing else to offer. */
  'course.action': { readonly courseId: string; readonly courseSlug: string; readonly children: ReactNode };
  'course.aside': { readonly courseId: string; readonly courseSlug: string };
  'lesson.after': { readonly courseId: string; readonly lessonId: string };
}

/** One contribution to a slot and the plugin it comes from. */
export interface SlotEntry {
  readonly plugin: PluginManifest;
  readonly contribution: SlotContribution;
}

/** The contributions to a slot that the user may see, in order. */
export function useSlot(name: SlotName): readonly SlotEntry[] {
  const plugins = usePlugins();
  const can = useCan();
  return plugins
    .flatMap((plugin) => (plugin.contributions.slots ?? []).map((contribution) => ({ plugin, contribution })))
    .filter(({ contribution }) => contribution.slot === name && can(contribution.permission))
    .toSorted((a, b) => (a.contribution.order ?? 100) - (b.contribution.order ?? 100));
}

type SlotComponentProps<Name extends SlotName> = {
  readonly name: Name;
  /** Draws each contribution, for example in a card of the host; without it they follow one another. */
  readonly wrap?: (view: ReactNode, entry: SlotEntry) => ReactNode;
  /** Shown while a plugin's code is on its way. */
  readonly fallback?: ReactNode;
} & (object extends SlotProps[Name] ? { readonly props?: SlotProps[Name] } : { readonly props: SlotProps[Name] });

/** Draws what plugins contribute to a named place. */
export function Slot<Name extends SlotName>({ name, props, wrap, fallback }: SlotComponentProps<Name>): ReactNode {
  return useSlot(name).map((entry) => {
    const view = (
      <ContributionView
        key={`${entry.plugin.id}:${entry.contribution.view}`}
        plugin={entry.plugin}
        view={entry.contribution.view}
        viewProps={props ?? {}}
        fallback={fallback}
        compact={name === 'app.header'}
      />
    );
    return wrap === undefined ? view : wrap(view, entry);
  });
}
