/** How an answer is marked: never by colour alone. */
export type Mark = 'right' | 'partly' | 'wrong';

const TONES = { right: 'success', partly: 'points', wrong: 'danger' } as const;

/** A colour of the theme. */
export function color(name: string): string {
  return `var(--ql-color-${name})`;
}

/** The colours of a mark: its line, its background, its text. */
export function markColors(mark: Mark): { readonly line: string; readonly soft: string; readonly ink: string } {
  const tone = TONES[mark];
  return { line: color(tone), soft: color(`${tone}-soft`), ink: color(`${tone}-ink`) };
}

/** Lines around controls. */
export const CONTROL_BORDER = `var(--ql-border-control) solid ${color('edge')}`;

/** A question and how it was answered: beside each other, on a phone below each other. */
export const ROW = {
  display: 'flex',
  flexDirection: { xs: 'column', sm: 'row' },
  alignItems: { xs: 'flex-start', sm: 'center' },
  justifyContent: 'space-between',
  columnGap: 2,
  rowGap: 0.25,
} as const;

/** Styles for people who want no movement. */
export const STILL = '@media (prefers-reduced-motion: reduce)';

/** Hidden from sight, read out all the same. */
export const HIDDEN = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  margin: '-1px',
  padding: 0,
  border: 0,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const;
