import { Box, type BoxProps } from '@mui/material';
import type { ReactNode } from 'react';
import { color, radius } from '../theme/tokens.ts';

const ground = [
  `radial-gradient(52% 110% at 92% -12%, color-mix(in oklab, ${color('hero-glow')} 78%, transparent), transparent 74%)`,
  `radial-gradient(44% 88% at 104% 112%, color-mix(in oklab, ${color('hero-spark')} 82%, transparent), transparent 72%)`,
  `linear-gradient(112deg, ${color('hero-start')} 12%, ${color('hero-end')} 96%)`,
].join(', ');

/** The dark, glowing ground behind the main message of a page; at most one on a page. */
export function Stage({ sx, ...props }: BoxProps): ReactNode {
  return (
    <Box
      {...props}
      sx={[
        {
          position: 'relative',
          overflow: 'hidden',
          isolation: 'isolate',
          background: ground,
          color: color('hero-ink'),
          borderRadius: radius('hero'),
          padding: { xs: 3, sm: 4, lg: 5 },
          '& :focus-visible': { outlineColor: color('hero-ink') },
        },
        ...(Array.isArray(sx) ? sx : [sx]),
      ]}
    />
  );
}

/** How the main button on a stage looks. */
export const stageAction = {
  background: color('hero-action'),
  color: color('hero-on-action'),
  boxShadow: `inset 0 calc(-1 * var(--ql-border-lip)) 0 color-mix(in oklab, ${color('hero-action')}, ${color('hero-on-action')} 26%)`,
  '&:hover': {
    background: `color-mix(in srgb, ${color('hero-action')} 90%, ${color('hero-on-action')})`,
    boxShadow: `inset 0 calc(-1 * var(--ql-border-lip)) 0 color-mix(in oklab, ${color('hero-action')}, ${color('hero-on-action')} 26%)`,
  },
} as const;
