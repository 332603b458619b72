import {
  clampChroma,
  converter,
  formatHex,
  modeLrgb,
  modeOklch,
  modeRgb,
  useMode as register,
  wcagContrast,
} from 'culori/fn';
import type { Pair } from '../../api/console/index.ts';

for (const mode of [modeLrgb, modeRgb, modeOklch]) register(mode);
const toOklch = converter('oklch');

/** Colours of one scheme by name. */
export type Colors = Readonly<Record<string, string>>;

/** A pair of colours with the contrast they have. */
export interface Judged {
  readonly pair: Pair;
  readonly ratio: number;
}

const HEX = /^#[0-9a-f]{6}$/iu;

/** The contrast ratio of two opaque colours, as WCAG 2.2 defines it; 1 where one of them is none. */
export function ratioOf(first: string | undefined, second: string | undefined): number {
  if (first === undefined || second === undefined || !HEX.test(first) || !HEX.test(second)) return 1;
  return wcagContrast(first, second);
}

/** A ratio as text, never more than it is. */
export function shownRatio(ratio: number): string {
  return (Math.floor(ratio * 10) / 10).toFixed(1);
}

/** Every pair that a colour is part of, the closest to its limit first. */
export function judge(name: string, colors: Colors, pairs: readonly Pair[]): readonly Judged[] {
  return pairs
    .filter(({ color, ground }) => color === name || ground === name)
    .map((pair) => ({ pair, ratio: ratioOf(colors[pair.color], colors[pair.ground]) }))
    .toSorted((a, b) => a.ratio / a.pair.least - b.ratio / b.pair.least);
}

/** Whether a pair falls short. */
export function isPoor({ pair, ratio }: Judged): boolean {
  return ratio < pair.least;
}

/** The pairs that fall short and have one of these colours in them. */
export function findPoor(colors: Colors, pairs: readonly Pair[], changed: ReadonlySet<string>): readonly Judged[] {
  return pairs
    .filter(({ color, ground }) => changed.has(color) || changed.has(ground))
    .map((pair) => ({ pair, ratio: ratioOf(colors[pair.color], colors[pair.ground]) }))
    .filter(isPoor);
}

function withLightness(hex: string, lightness: number, chroma = 1): string {
  const color = toOklch(hex) ?? { mode: 'oklch' as const, l: 0, c: 0 };
  return formatHex(clampChroma({ ...color, l: lightness, c: color.c * chroma }, 'oklch')) ?? hex;
}

const STEP = 0.005;

/**
 * The colour of the same hue, nearest in lightness to `wanted`, that keeps all of its pairs; null where there is none,
 * because its grounds lie on both sides.
 */
export function nearestGood(name: string, wanted: string, colors: Colors, pairs: readonly Pair[]): string | null {
  const own = pairs.filter(({ color, ground }) => color === name || ground === name);
  const keepsAll = (hex: string): boolean =>
    own.every(({ color, ground, least }) => ratioOf(hex, colors[color === name ? ground : color]) >= least);
  if (HEX.test(wanted) && keepsAll(wanted)) return wanted;
  const from = toOklch(wanted)?.l ?? 0.5;
  for (let distance = STEP; distance <= 1; distance += STEP) {
    for (const lightness of [from - distance, from + distance]) {
      if (lightness < 0 || lightness > 1) continue;
      const hex = withLightness(wanted, lightness);
      if (keepsAll(hex)) return hex;
    }
  }
  return null;
}

/** The other colours of a family from its fill: text on it, its stronger and softer shades, and text on the soft one. */
export function deriveTone(tone: string, scheme: 'light' | 'dark', colors: Colors, pairs: readonly Pair[]): Colors {
  const fill = colors[tone] ?? '#000000';
  const lightness = toOklch(fill)?.l ?? 0.5;
  const on = ratioOf('#ffffff', fill) >= 4.5 ? '#ffffff' : withLightness(fill, 0.16, 0.5);
  const strong = withLightness(fill, on === '#ffffff' ? Math.max(lightness - 0.09, 0) : Math.min(lightness + 0.07, 1));
  const soft = withLightness(fill, scheme === 'light' ? 0.945 : 0.285, scheme === 'light' ? 0.22 : 0.5);
  const first = { ...colors, [tone]: fill, [`on-${tone}`]: on, [`${tone}-strong`]: strong, [`${tone}-soft`]: soft };
  const next = (name: string, wanted: string, known: Colors): Colors => ({
    ...known,
    [name]: nearestGood(name, wanted, known, pairs) ?? wanted,
  });
  const inked = next(`${tone}-ink`, withLightness(fill, scheme === 'light' ? lightness - 0.04 : lightness + 0.04), first);
  const all = next(`on-${tone}`, on, inked);
  const names = [`on-${tone}`, `${tone}-strong`, `${tone}-soft`, `${tone}-ink`];
  return Object.fromEntries(names.map((name) => [name, all[name] ?? fill]));
}
