// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { deriveTone, findPoor, isPoor, judge, nearestGood, ratioOf, shownRatio } from './contrast.ts';

const pairs = [
  ...['background', 'surface', 'primary-soft'].map((ground) => ({ color: 'primary-ink', ground, least: 4.5 })),
  ...['primary', 'primary-strong'].map((ground) => ({ color: 'on-primary', ground, least: 4.5 })),
  ...['background', 'surface'].map((ground) => ({ color: 'primary', ground, least: 3 })),
  { color: 'ink', ground: 'primary-soft', least: 4.5 },
];

function colorsOf(theme: string, scheme: 'light' | 'dark'): Record<string, string> {
  const file = new URL(`../../../../themes/${theme}/src/questline_theme_${theme}/tokens.json`, import.meta.url);
  const tokens = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { color: Record<string, { $value: string }> }>;
  return Object.fromEntries(Object.entries(tokens[scheme]?.color ?? {}).map(([name, { $value }]) => [name, $value]));
}

test('contrast is that of the guidelines, and never shown as more than it is', () => {
  expect(ratioOf('#000000', '#ffffff')).toBeCloseTo(21);
  expect(ratioOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  expect(ratioOf('#12', '#ffffff')).toBe(1);
  expect(shownRatio(4.4999)).toBe('4.4');
});

test('the pair closest to its limit comes first', () => {
  const colors = { ...colorsOf('aurora', 'light'), primary: '#8f7ae0' };
  const [first] = judge('primary', colors, pairs);
  expect(first?.pair).toMatchObject({ color: 'on-primary', ground: 'primary' });
  expect(first && isPoor(first)).toBe(true);
});

test('only pairs with a changed colour are looked at', () => {
  const colors = { ...colorsOf('aurora', 'light'), primary: '#ffff00' };
  expect(findPoor(colors, pairs, new Set(['info']))).toEqual([]);
  expect(findPoor(colors, pairs, new Set(['primary'])).length).toBeGreaterThan(0);
});

test('a better colour keeps every pair and is the nearest of its hue', () => {
  const colors = colorsOf('aurora', 'light');
  const better = nearestGood('primary-ink', '#9b8cf0', colors, pairs);
  expect(better).not.toBeNull();
  for (const ground of ['background', 'surface', 'primary-soft']) {
    expect(ratioOf(better ?? '', colors[ground])).toBeGreaterThanOrEqual(4.5);
  }
  expect(ratioOf(better ?? '', colors['primary-soft'])).toBeLessThan(5);
  expect(nearestGood('primary-ink', '#4a24bf', colors, pairs)).toBe('#4a24bf');
});

test('there is no better colour between a black and a white ground', () => {
  const between = ['a', 'b'].map((ground) => ({ color: 'text', ground, least: 7 }));
  expect(nearestGood('text', '#888888', { text: '#888888', a: '#000000', b: '#ffffff' }, between)).toBeNull();
});

const brands = ['#b0125b', '#0b7a6b', '#d9480f', '#1d4ed8', '#111111', '#7c3aed'];

test.each(brands)('a whole family derived from %s can be read on light pages', (primary) => {
  const colors = { ...colorsOf('aurora', 'light'), primary };
  const all = { ...colors, ...deriveTone('primary', 'light', colors, pairs) };
  expect(findPoor(all, pairs, new Set(Object.keys(all))).filter(({ pair }) => pair.color !== 'primary')).toEqual([]);
});

test.each(['#ff7ab0', '#5eead4', '#ffb86b', '#93b4ff', '#f5f5f5'])('and one from %s on dark pages', (primary) => {
  const colors = { ...colorsOf('aurora', 'dark'), primary };
  const all = { ...colors, ...deriveTone('primary', 'dark', colors, pairs) };
  expect(findPoor(all, pairs, new Set(Object.keys(all)))).toEqual([]);
});
