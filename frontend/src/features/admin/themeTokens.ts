interface Token {
  readonly $type: string;
  readonly $value: unknown;
}

interface Group {
  readonly [name: string]: Group | Token | string;
}

/** A theme's `tokens.json`; see themes/README.md. */
export type ThemeTokens = Group & {
  readonly light: Group;
  readonly dark: Group;
  readonly $extensions: { readonly questline: { readonly fonts: readonly FontFile[] } };
};

interface FontFile {
  readonly family: string;
  readonly file: string;
  readonly weight: string;
  readonly style: string;
}

/** CSS variables by name. */
export type Variables = Readonly<Record<string, string>>;

function isToken(value: Group | Token): value is Token {
  return '$value' in value;
}

function toCss({ $type: type, $value: value }: Token): string {
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
export function toVariables(tokens: ThemeTokens, scheme: 'light' | 'dark'): Variables {
  const { light, dark, ...shared } = tokens;
  const own = scheme === 'light' ? light : dark;
  return Object.fromEntries([...flatten(shared as Group, []), ...flatten(own, [])]);
}

/** Fetches a theme's tokens and upright fonts from the folder its logo lies in. */
export async function fetchTokens(base: string): Promise<ThemeTokens> {
  const response = await fetch(`${base}/tokens.json`);
  if (!response.ok) throw new Error(`The theme's tokens answered ${String(response.status)}.`);
  const tokens = (await response.json()) as ThemeTokens;
  const fonts = tokens.$extensions.questline.fonts.filter((font) => font.style === 'normal');
  for (const { family, file, weight } of fonts) {
    const face = new FontFace(family, `url("${base}/fonts/${file}")`, { weight });
    document.fonts.add(face);
    void face.load().catch(() => document.fonts.delete(face));
  }
  return tokens;
}
