import type { Reducer } from '@reduxjs/toolkit';
import type { ComponentType } from 'react';
import type { Celebration } from './celebration.ts';
import type { Contributions } from './contributions.ts';

/** Translations of one language; nested objects are addressed with dots. */
export interface Messages {
  readonly [key: string]: string | Messages;
}

/** What a celebration function is given besides the live message. */
export interface CelebrationContext {
  /** Translates a key of the plugin's own namespace. */
  readonly translate: (key: string, values?: Record<string, unknown>) => string;
}

/** Turns a live message into a celebration, or into nothing. */
export type CelebrationFactory<Payload = never> = (payload: Payload, context: CelebrationContext) => Celebration | null;

/** The code of a plugin: what its entry module exports as default. */
export interface PluginDefinition {
  /** Components by the names that the contributions use; wrap rarely used ones in `React.lazy`. */
  readonly views: Readonly<Record<string, ComponentType<never>>>;
  /** Translations by language; the namespace is the plugin's id. */
  readonly resources?: { readonly en: Messages; readonly [language: string]: Messages };
  /** Reducers by slice name; augment `PluginSlices` so that selectors see their types. */
  readonly slices?: Readonly<Record<string, Reducer>>;
  /** Celebrations by live topic. */
  readonly celebrations?: Readonly<Record<string, CelebrationFactory>>;
}

type ViewIn<List> = List extends readonly { readonly view: infer Name extends string }[] ? Name : never;

type CelebratedTopic<List> = List extends readonly (infer Item)[]
  ? Item extends { readonly topic: infer Topic extends string; readonly celebrates: true }
    ? Topic
    : never
  : never;

/** The names of the views that contributions speak of. */
export type ViewName<Data extends Contributions> =
  | ViewIn<Data['routes']>
  | ViewIn<Data['slots']>
  | ViewIn<Data['blocks']>;

/** A definition that has a view and a celebration for everything its contributions promise. */
export type DefinitionFor<Data extends Contributions> = PluginDefinition & {
  readonly views: Readonly<Record<ViewName<Data>, ComponentType<never>>>;
} & ([CelebratedTopic<Data['live']>] extends [never]
    ? unknown
    : { readonly celebrations: Readonly<Record<CelebratedTopic<Data['live']>, CelebrationFactory>> });

/**
 * Declares a plugin's code; returns the definition after checking by its types that it keeps what the contributions promise.
 *
 * @example
 * export default definePlugin(contributions, { views: { PointsPage, PointsCard }, resources: { en, de } });
 */
export function definePlugin<Data extends Contributions>(
  _contributions: Data,
  definition: DefinitionFor<Data>,
): PluginDefinition {
  return definition;
}
