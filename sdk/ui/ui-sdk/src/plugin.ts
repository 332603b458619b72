import type { Reducer } from '@reduxjs/toolkit';
import type { ComponentType } from 'react';
import type { Celebration } from './celebration.ts';

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

/** Declares a plugin's code; returns what it is given, with its types checked. */
export function definePlugin<const Definition extends PluginDefinition>(definition: Definition): Definition {
  return definition;
}
