import type { ThemeToken } from '../../api/console/index.ts';
import type { Draft } from './draft.ts';
import { valueOf } from './variables.ts';

/** Values for tokens that are chosen together, by path. */
export interface Preset {
  readonly key: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Tokens that have one choice between them. */
export interface Choice {
  /** What the choice is about: a key of texts. */
  readonly key: string;
  readonly tokens: readonly ThemeToken[];
  readonly presets: readonly Preset[];
}

const INK = '#14101e';
/** How far each level stands off the page, beside a card. */
const HEIGHTS: Readonly<Record<string, number>> = { card: 1, raised: 2, overlay: 3.5 };
/** By the name of a shadow: distance to the right and down, blur and spread in px for a card, and how opaque it is on light and on dark. */
const SHADOWS: Readonly<Record<string, readonly [number, number, number, number, string, string]>> = {
  none: [0, 0, 0, 0, '00', '00'],
  soft: [0, 6, 20, -8, '1f', '99'],
  deep: [0, 10, 28, -6, '3d', 'cc'],
  hard: [3, 3, 0, 0, '40', '80'],
};
const CURVES: Readonly<Record<string, readonly [number, number, number, number]>> = {
  even: [0, 0, 1, 1],
  gentle: [0.4, 0, 0.6, 1],
  swift: [0.2, 0, 0, 1],
  bouncy: [0.34, 1.56, 0.64, 1],
};

function px(value: number): string {
  return `${String(Math.round(value))}px`;
}

function shadow(name: string, path: string): unknown {
  const [scheme, , level = ''] = path.split('.');
  const [right, down, blur, spread, onLight, onDark] = SHADOWS[name] ?? [0, 0, 0, 0, '00', '00'];
  const height = HEIGHTS[level] ?? 1;
  return [
    {
      offsetX: px(right * height),
      offsetY: px(down * height),
      blur: px(blur * height),
      spread: px(spread * height),
      color: INK + (scheme === 'dark' ? onDark : onLight),
    },
  ];
}

function presets(names: readonly string[], tokens: readonly ThemeToken[], value: (name: string, path: string) => unknown): Preset[] {
  return names.map((key) => ({ key, values: Object.fromEntries(tokens.map(({ path }) => [path, value(key, path)])) }));
}

/** The choice of a shadow for each level; light and dark go together. */
export function shadowChoices(tokens: readonly ThemeToken[]): readonly Choice[] {
  const levels = Map.groupBy(
    tokens.filter(({ type }) => type === 'shadow'),
    ({ path }) => path.split('.').slice(1).join('_'),
  );
  return [...levels].map(([key, found]) => ({ key, tokens: found, presets: presets(Object.keys(SHADOWS), found, shadow) }));
}

/** The choice of a curve for each kind of movement. */
export function easingChoices(tokens: readonly ThemeToken[]): readonly Choice[] {
  return tokens
    .filter(({ type }) => type === 'cubicBezier')
    .map((token) => ({
      key: token.path.replaceAll('.', '_'),
      tokens: [token],
      presets: presets(Object.keys(CURVES), [token], (name) => CURVES[name]),
    }));
}

/** The preset that the draft says; `theme` for the theme's own values, `custom` for others. */
export function chosen({ tokens, presets: known }: Choice, draft: Draft): string {
  if (!tokens.some(({ path }) => path in draft.tokens)) return 'theme';
  const fits = (preset: Preset): boolean =>
    tokens.every((token) => JSON.stringify(valueOf(token, draft)) === JSON.stringify(preset.values[token.path]));
  return known.find(fits)?.key ?? 'custom';
}
