import type { TypographyVariantsOptions } from '@mui/material/styles';
import { font, weight } from './tokens.ts';

const display = (fontSize: string, lineHeight: number) => ({
  fontFamily: font('display'),
  fontWeight: weight('display'),
  letterSpacing: 'var(--ql-font-tracking-display)',
  fontSize,
  lineHeight,
  textWrap: 'balance' as const,
});

const heading = (fontSize: string, lineHeight: number) => ({
  ...display(fontSize, lineHeight),
  fontWeight: weight('heading'),
});

/** The type scale: fluid display sizes, calm text sizes. */
export const typography: TypographyVariantsOptions = {
  fontFamily: font('body'),
  fontWeightMedium: weight('strong'),
  fontWeightBold: weight('strong'),
  h1: display('clamp(2.125rem, 1.55rem + 2.4vw, 3.375rem)', 1.06),
  h2: display('clamp(1.625rem, 1.35rem + 1.2vw, 2.25rem)', 1.14),
  h3: heading('clamp(1.3125rem, 1.2rem + 0.5vw, 1.5625rem)', 1.22),
  h4: heading('1.1875rem', 1.3),
  h5: heading('1.0625rem', 1.35),
  h6: heading('1rem', 1.4),
  subtitle1: { fontSize: '1.125rem', lineHeight: 1.5, fontWeight: weight('body') },
  subtitle2: { fontSize: '0.9375rem', lineHeight: 1.45, fontWeight: weight('strong') },
  body1: { fontSize: '1rem', lineHeight: 1.6 },
  body2: { fontSize: '0.9375rem', lineHeight: 1.5 },
  caption: { fontSize: '0.8125rem', lineHeight: 1.45 },
  overline: {
    fontSize: '0.75rem',
    lineHeight: 1.5,
    fontWeight: weight('strong'),
    letterSpacing: 'var(--ql-font-tracking-label)',
    textTransform: 'uppercase',
  },
  button: { fontSize: '1rem', lineHeight: 1.25, fontWeight: weight('strong'), letterSpacing: 0, textTransform: 'none' },
};
