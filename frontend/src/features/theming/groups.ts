import type { ThemeToken } from '../../api/console/index.ts';

/** Colours that are shown under one heading; `tone` where they can be derived from one of them. */
export interface ColorGroup {
  readonly key: string;
  readonly names: readonly string[];
  readonly tone?: string;
}

const TONES = ['primary', 'success', 'points', 'danger', 'info'];
const TIERS = ['bronze', 'silver', 'gold'];

const tone = (name: string): ColorGroup => ({
  key: name,
  tone: name,
  names: [name, `on-${name}`, `${name}-strong`, `${name}-soft`, `${name}-ink`],
});

const GROUPS: readonly ColorGroup[] = [
  tone('primary'),
  { key: 'page', names: ['background', 'surface', 'raised', 'sunken', 'ink', 'muted', 'line', 'edge', 'overlay'] },
  {
    key: 'hero',
    names: ['start', 'end', 'glow', 'spark', 'ink', 'muted', 'action', 'on-action'].map((each) => `hero-${each}`),
  },
  ...TONES.slice(1).map(tone),
  { key: 'tiers', names: TIERS.flatMap((name) => [name, `on-${name}`, `${name}-strong`, `${name}-light`]) },
  { key: 'heat', names: [0, 1, 2, 3, 4].map((each) => `heat-${String(each)}`) },
  { key: 'chart', names: [1, 2, 3, 4, 5, 6].map((each) => `chart-${String(each)}`) },
  {
    key: 'code',
    names: ['background', 'ink', 'muted', 'keyword', 'string', 'number', 'name', 'error'].map((each) => `code-${each}`),
  },
];

/** The groups of the colours that a theme has; what it has beyond the known names comes last. */
export function colorGroups(names: readonly string[]): readonly ColorGroup[] {
  const known = new Set(GROUPS.flatMap((group) => group.names));
  const all = [...GROUPS, { key: 'other', names: names.filter((name) => !known.has(name)) }];
  return all
    .map((group) => ({ ...group, names: group.names.filter((name) => names.includes(name)) }))
    .filter((group) => group.names.length > 0);
}

/** What a colour is called: the keys of its family and of its part in it. */
export function labelKeys(name: string): { readonly family?: string; readonly part: string; readonly number?: string } {
  const numbered = /^(heat|chart)-(\d)$/u.exec(name);
  if (numbered !== null) return { part: numbered[1] ?? '', number: String(Number(numbered[2]) + (numbered[1] === 'heat' ? 1 : 0)) };
  for (const family of [...TONES, ...TIERS]) {
    if (name === family) return { family, part: 'fill' };
    if (name === `on-${family}`) return { family, part: 'on' };
    if (name.startsWith(`${family}-`)) return { family, part: name.slice(family.length + 1) };
  }
  return { part: name === 'ink' ? 'body' : name.replaceAll('-', '_') };
}

/** The last names of a path, with the beginning left out. */
export function nameIn(path: string, start: string): string {
  return path.slice(start.length);
}

/** The tokens whose paths begin so and that can be edited in a form. */
export function tokensUnder(tokens: readonly ThemeToken[], ...starts: readonly string[]): readonly ThemeToken[] {
  return tokens.filter(({ path }) => starts.some((start) => path.startsWith(start)));
}
