import { type FontList, addFonts } from '../../design/theme/fonts.ts';
import type { Scheme, Variables } from '../../app/preview/protocol.ts';

/** A design token. */
export interface Token {
  readonly $type: string;
  readonly $value: unknown;
}

interface Group {
  readonly [name: string]: Group | Token | string;
}

/** A theme's `tokens.json`; see themes/README.md. */
export type ThemeTokens = Group & FontList & { readonly light: Group; readonly dark: Group };

export type { Variables };

function isToken(value: Group | Token): value is Token {
  return '$value' in value;
}

/** A token's value as CSS, as core writes it. */
export function toCss({ $type: type, $value: value }: Token): string {
  if (!Array.isArray(value)) return String(value);
  if (type === 'fontFamily') return value.map((name) => `"${String(name)}"`).join(', ');
  if (type === 'cubicBezier') return `cubic-bezier(${value.join(', ')})`;
  return (value as readonly Readonly<Record<string, string>>[])
    .map((layer) => ['offsetX', 'offsetY', 'blur', 'spread', 'color'].map((part) => layer[part]).join(' '))
    .join(', ');
}

function flatten(group: Group, path: readonly string[]): [string, string][] {
  return Object.entries(group).flatMap(([name, value]): [string, string][] => {
    if (name.startsWith('$') || typeof value === 'string') return [];
    const here = [...path, name];
    return isToken(value) ? [[`--ql-${here.join('-')}`, toCss(value)]] : flatten(value, here);
  });
}

/** A theme's CSS variables in one colour scheme, for showing it without switching to it. */
export function toVariables(tokens: ThemeTokens, scheme: Scheme): Variables {
  const { light, dark, ...shared } = tokens;
  const own = scheme === 'light' ? light : dark;
  return Object.fromEntries([...flatten(shared as Group, []), ...flatten(own, [])]);
}

/** Fetches a theme's tokens and upright fonts from the folder its logo lies in. */
export async function fetchTokens(base: string): Promise<ThemeTokens> {
  const response = await fetch(`${base}/tokens.json`);
  if (!response.ok) throw new Error(`The theme's tokens answered ${String(response.status)}.`);
  const tokens = (await response.json()) as ThemeTokens;
  addFonts(base, tokens);
  return tokens;
}
