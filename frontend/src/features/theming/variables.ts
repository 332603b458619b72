import type { Scheme, Variables } from '../../app/preview/protocol.ts';
import type { ThemeEditor, ThemeToken } from '../../api/console/index.ts';
import type { ThemeManifest } from '../../api/index.ts';
import { toCss } from '../admin/themeTokens.ts';
import type { Colors } from './contrast.ts';
import type { Draft } from './draft.ts';

const PARTS: Readonly<Record<string, RegExp>> = {
  color: /^#(?:[0-9a-f]{6}|[0-9a-f]{8})$/iu,
  dimension: /^-?\d+(?:\.\d+)?[a-z%]*$/u,
  duration: /^\d+(?:\.\d+)?ms$/u,
};

/** Whether a value can be shown; while somebody types, it often cannot. */
export function isComplete(type: string, value: unknown): boolean {
  const pattern = PARTS[type];
  return pattern === undefined || (typeof value === 'string' && pattern.test(value));
}

/** The value that a token has in the draft. */
export function valueOf(token: ThemeToken, draft: Draft): unknown {
  return token.path in draft.tokens ? draft.tokens[token.path] : (token.value as unknown);
}

/** The colours of a scheme as they are in the draft. */
export function colorsOf(editor: ThemeEditor, draft: Draft, scheme: Scheme): Colors {
  const start = `${scheme}.color.`;
  return Object.fromEntries(
    editor.tokens
      .filter(({ path }) => path.startsWith(start))
      .map((token) => [token.path.slice(start.length), String(valueOf(token, draft))]),
  );
}

function nameOf(path: string): string {
  return `--ql-${path.replace(/^(?:light|dark)\./u, '').replaceAll('.', '-')}`;
}

/** CSS variables of both schemes with the draft in them. */
export function variablesOf(editor: ThemeEditor, draft: Draft): Readonly<Record<Scheme, Variables>> {
  const of = (scheme: Scheme): Variables => {
    const other = scheme === 'light' ? 'dark.' : 'light.';
    return Object.fromEntries(
      editor.tokens
        .filter(({ path }) => !path.startsWith(other))
        .map((token) => {
          const value = valueOf(token, draft);
          return [nameOf(token.path), toCss({ $type: token.type, $value: isComplete(token.type, value) ? value : token.value })];
        }),
    );
  };
  return { light: of('light'), dark: of('dark') };
}

/** The folders of other installed themes that the draft takes fonts from. */
export function fontsOf(editor: ThemeEditor, draft: Draft, themes: readonly ThemeManifest[]): readonly string[] {
  const used = new Set(
    Object.entries(draft.tokens)
      .filter(([path]) => path.startsWith('font.family.'))
      .map(([, stack]) => (stack as readonly string[])[0]),
  );
  const ids = new Set(editor.fonts.filter(({ stack }) => used.has(stack[0])).map(({ theme }) => theme));
  return themes.filter(({ id }) => ids.has(id)).map(({ id, version }) => `/themes/${id}/${version}`);
}
