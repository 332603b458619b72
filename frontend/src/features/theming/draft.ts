import type { SaveTheme, ThemeEditor } from '../../api/console/index.ts';

/** Texts by language and key. */
export type Strings = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What is being changed: tokens that differ from the theme's own, and what the site is called. */
export interface Draft {
  readonly tokens: Readonly<Record<string, unknown>>;
  readonly siteName: string;
  readonly strings: Strings;
  readonly logo: string | null;
  readonly logoUrl: string | null;
}

/** A draft with the way back and forth through its changes. */
export interface History {
  readonly saved: Draft;
  readonly past: readonly Draft[];
  readonly draft: Draft;
  readonly future: readonly Draft[];
  /** What the last change was about; changes to the same thing in a row are undone as one. */
  readonly last: string | null;
}

/** What can happen to a draft. */
export type Action =
  | { readonly type: 'token'; readonly path: string; readonly value: unknown; readonly own: unknown }
  | { readonly type: 'tokens'; readonly values: Readonly<Record<string, unknown>> }
  | { readonly type: 'reset'; readonly paths: readonly string[] }
  | { readonly type: 'brand'; readonly change: Partial<Omit<Draft, 'tokens'>> }
  | { readonly type: 'undo' | 'redo' | 'discard' };

const STEPS = 200;

/** The draft that says exactly what is saved. */
export function draftOf(editor: ThemeEditor): Draft {
  return {
    tokens: editor.overrides,
    siteName: editor.site_name,
    strings: editor.strings,
    logo: editor.logo,
    logoUrl: editor.logo_url,
  };
}

/** Begins to edit, from what was left in this tab or from what is saved. */
export function begin(saved: Draft, kept: Draft | null): History {
  return { saved, past: kept === null ? [] : [saved], draft: kept ?? saved, future: [], last: null };
}

function same(first: unknown, second: unknown): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}

function without(tokens: Draft['tokens'], paths: readonly string[]): Draft['tokens'] {
  return Object.fromEntries(Object.entries(tokens).filter(([path]) => !paths.includes(path)));
}

function withValue(tokens: Draft['tokens'], path: string, value: unknown, own: unknown): Draft['tokens'] {
  return same(value, own) ? without(tokens, [path]) : { ...tokens, [path]: value };
}

function change(history: History, draft: Draft, about: string | null): History {
  if (same(draft, history.draft)) return history;
  const continues = about !== null && about === history.last && history.past.length > 0;
  const past = continues ? history.past : [...history.past, history.draft].slice(-STEPS);
  return { ...history, past, draft, future: [], last: about };
}

/** The history after an action. */
export function reduce(history: History, action: Action): History {
  const { saved, past, draft, future } = history;
  switch (action.type) {
    case 'token': {
      const tokens = withValue(draft.tokens, action.path, action.value, action.own);
      return change(history, { ...draft, tokens }, action.path);
    }
    case 'tokens':
      return change(history, { ...draft, tokens: { ...draft.tokens, ...action.values } }, null);
    case 'reset':
      return change(history, { ...draft, tokens: without(draft.tokens, action.paths) }, null);
    case 'brand':
      return change(history, { ...draft, ...action.change }, Object.keys(action.change).join());
    case 'undo': {
      const before = past.at(-1);
      if (before === undefined) return history;
      return { saved, past: past.slice(0, -1), draft: before, future: [draft, ...future], last: null };
    }
    case 'redo': {
      const [next, ...rest] = future;
      return next === undefined ? history : { saved, past: [...past, draft], draft: next, future: rest, last: null };
    }
    case 'discard':
    default:
      return change(history, saved, null);
  }
}

/** How many things differ from what is saved. */
export function countChanges({ saved, draft }: History): number {
  const paths = new Set([...Object.keys(saved.tokens), ...Object.keys(draft.tokens)]);
  const tokens = [...paths].filter((path) => !same(saved.tokens[path], draft.tokens[path])).length;
  const brand = (['siteName', 'strings', 'logo'] as const).filter((key) => !same(saved[key], draft[key])).length;
  return tokens + brand;
}

/** The draft as the server takes it. */
export function toSave(draft: Draft, editor: ThemeEditor): SaveTheme {
  return {
    theme: editor.theme.id,
    version: editor.version,
    tokens: draft.tokens,
    site_name: draft.siteName,
    strings: draft.strings,
    logo: draft.logo,
  };
}

function keyOf(editor: ThemeEditor): string {
  return `questline-theme-draft:${editor.theme.id}:${editor.theme.version}:${String(editor.version)}`;
}

/** What was left unsaved in this tab, if it began from what is saved now. */
export function recall(editor: ThemeEditor): Draft | null {
  try {
    const kept = sessionStorage.getItem(keyOf(editor));
    return kept === null ? null : (JSON.parse(kept) as Draft);
  } catch {
    return null;
  }
}

/** Keeps a draft in this tab until it is saved or discarded; nobody else sees it. */
export function keep(editor: ThemeEditor, history: History): void {
  if (countChanges(history) === 0) sessionStorage.removeItem(keyOf(editor));
  else sessionStorage.setItem(keyOf(editor), JSON.stringify(history.draft));
}
