/** Names of the colours that every theme defines; see themes/README.md. */
export type ColorName =
  | 'background'
  | 'surface'
  | 'raised'
  | 'sunken'
  | 'overlay'
  | 'ink'
  | 'muted'
  | 'line'
  | 'edge'
  | Tone
  | `${Tone}-strong`
  | `${Tone}-soft`
  | `${Tone}-ink`
  | `on-${Tone}`
  | `hero-${'start' | 'end' | 'glow' | 'spark' | 'ink' | 'muted' | 'action' | 'on-action'}`
  | Tier
  | `${Tier}-strong`
  | `${Tier}-light`
  | `on-${Tier}`
  | `heat-${0 | 1 | 2 | 3 | 4}`
  | `code-${'background' | 'ink' | 'muted' | 'keyword' | 'string' | 'number' | 'name' | 'error'}`
  | `chart-${1 | 2 | 3 | 4 | 5 | 6}`;

/** A family of colours with a meaning. */
export type Tone = 'primary' | 'success' | 'points' | 'danger' | 'info';

/** The metal of a medal. */
export type Tier = 'bronze' | 'silver' | 'gold';

/** A colour of the tenant's theme. */
export function color(name: ColorName): string {
  return `var(--ql-color-${name})`;
}

/** A corner radius of the tenant's theme. */
export function radius(name: 'small' | 'control' | 'card' | 'hero' | 'pill'): string {
  return `var(--ql-radius-${name})`;
}

/** A shadow of the tenant's theme. */
export function shadow(name: 'card' | 'raised' | 'overlay'): string {
  return `var(--ql-shadow-${name})`;
}

/** A font stack of the tenant's theme. */
export function font(name: 'display' | 'body' | 'mono'): string {
  return `var(--ql-font-family-${name})`;
}

/** A font weight of the tenant's theme. */
export function weight(name: 'display' | 'heading' | 'strong' | 'body'): string {
  return `var(--ql-font-weight-${name})`;
}

/** A line of the tenant's theme, as a CSS `border` value. */
export function border(name: 'card' | 'control' | 'rule' = 'card', line: ColorName = 'line'): string {
  return `var(--ql-border-${name}) solid ${color(line)}`;
}

/** A transition of some properties at the theme's pace. */
export function transition(properties: readonly string[], pace: 'fast' | 'base' | 'slow' = 'fast'): string {
  return properties
    .map((property) => `${property} var(--ql-motion-duration-${pace}) var(--ql-motion-easing-standard)`)
    .join(', ');
}

/** A colour with some of it taken away, for example `fade('primary', 12)` for 12 %. */
export function fade(name: ColorName, percent: number): string {
  return `color-mix(in srgb, ${color(name)} ${percent}%, transparent)`;
}
