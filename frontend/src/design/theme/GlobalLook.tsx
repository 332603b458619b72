import { CssBaseline, GlobalStyles } from '@mui/material';
import { type ReactNode, useEffect } from 'react';
import { keepBrowserPainted } from './browserColor.ts';
import { color, font, radius, weight } from './tokens.ts';

const still = {
  animationDuration: '0.01ms !important',
  animationDelay: '0s !important',
  animationIterationCount: '1 !important',
  transitionDuration: '0.01ms !important',
  scrollBehavior: 'auto !important',
};

const everything = '*, *::before, *::after';

const styles = {
  html: { scrollPaddingTop: 96, WebkitTextSizeAdjust: '100%', hangingPunctuation: 'first last' },
  body: {
    background: color('background'),
    color: color('ink'),
    fontFamily: font('body'),
    fontOpticalSizing: 'auto',
    textRendering: 'optimizeLegibility',
    overflowWrap: 'break-word',
  },
  'strong, b': { fontWeight: weight('strong') },
  '::selection': { background: color('primary'), color: color('on-primary') },
  ':focus-visible': { outline: `3px solid ${color('primary')}`, outlineOffset: 2 },
  // The page's heading and the main region take focus after a navigation; they are not controls.
  '[tabindex="-1"]:focus-visible': { outline: 'none' },
  '.ql-skip-link': {
    position: 'fixed',
    insetBlockStart: 12,
    insetInlineStart: 12,
    zIndex: 2000,
    padding: '12px 18px',
    background: color('primary'),
    color: color('on-primary'),
    borderRadius: radius('control'),
    fontWeight: weight('strong'),
    transform: 'translateY(-200%)',
    '&:focus': { transform: 'none' },
  },
  '@media (prefers-reduced-motion: reduce)': { [everything]: still },
  ':root[data-motion="reduced"] *': still,
  '@media print': { '.ql-no-print': { display: 'none !important' } },
} as const;

/** The base styles of every page: ground, text, selection, focus ring, stillness for those who ask for it. */
export function GlobalLook(): ReactNode {
  useEffect(keepBrowserPainted, []);
  return (
    <>
      <CssBaseline enableColorScheme />
      <GlobalStyles styles={styles} />
    </>
  );
}
