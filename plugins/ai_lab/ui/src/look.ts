/** A colour of the theme. */
export function color(name: string): string {
  return `var(--ql-color-${name})`;
}

/** A text within an exercise that is not the interface's own. */
export const QUOTE = {
  p: { xs: 1.75, sm: 2.25 },
  borderRadius: 'var(--ql-radius-control)',
  background: color('sunken'),
  whiteSpace: 'pre-line',
  overflowWrap: 'anywhere',
  lineHeight: 1.6,
} as const;

/** Hidden from sight, read out all the same. */
export const HIDDEN = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const;
