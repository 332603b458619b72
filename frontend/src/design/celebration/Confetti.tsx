import { Box } from '@mui/material';
import { type ReactNode, useEffect, useRef } from 'react';
import { useReducedMotion } from '../theme/motion.ts';
import { throwConfetti } from './confetti.ts';

const NAMES = ['primary', 'points', 'success', 'danger', 'gold'];

/** One throw of confetti in the theme's colours behind its sibling; nothing for those who want no motion. */
export function Confetti({ count = 70 }: { readonly count?: number }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const still = useReducedMotion();
  useEffect(() => {
    if (still || canvas.current === null) return undefined;
    const style = getComputedStyle(document.documentElement);
    const colors = NAMES.map((name) => style.getPropertyValue(`--ql-color-${name}`).trim());
    return throwConfetti(canvas.current, colors, count);
  }, [still, count]);
  return (
    <Box
      component="canvas"
      ref={canvas}
      aria-hidden
      sx={{ position: 'absolute', insetInline: 0, bottom: 0, width: '100%', height: '100%', pointerEvents: 'none' }}
    />
  );
}
