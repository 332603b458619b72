import { Box } from '@mui/material';
import { type ReactNode, useId } from 'react';

/** The metals of badges, lowest first. */
export type Tier = 'bronze' | 'silver' | 'gold';

const STAR_PATH = 'M12 17.3 18.2 21l-1.6-7L22 9.2l-7.2-.6L12 2 9.2 8.6 2 9.2 7.5 14l-1.7 7z';

/** The outlines of the metals, so that a tier is told apart by its shape as well as by its colour. */
const SHAPES: Readonly<Record<Tier, string>> = {
  bronze:
    'M32 4C43 4 50 8 54 14C59 21 60 27 60 32C60 47 47 60 32 60C17 60 4 47 4 32C4 27 5 21 10 14C14 8 21 4 32 4Z',
  silver: 'M27.5 4.2a9 9 0 0 1 9 0L54 14.3a9 9 0 0 1 4.5 7.8v19.8a9 9 0 0 1-4.5 7.8L36.5 59.8a9 9 0 0 1-9 0L10 49.7a9 9 0 0 1-4.5-7.8V22.1A9 9 0 0 1 10 14.3Z',
  gold: 'M32 2l7 6.6 9.4-2.2 3.2 9.1 9.1 3.2-2.2 9.4L65 35l-6.5 7 2.2 9.4-9.1 3.2-3.2 9.1-9.4-2.2L32 68l-7-6.5-9.4 2.2-3.2-9.1-9.1-3.2 2.2-9.4L-1 35l6.5-7-2.2-9.4 9.1-3.2 3.2-9.1L25 8.6Z',
};

interface Metal {
  readonly light: string;
  readonly main: string;
  readonly edge: string;
  readonly ink: string;
}

function metalOf(tier: Tier, locked: boolean): Metal {
  if (locked) {
    const quiet = 'var(--ql-color-sunken)';
    return { light: quiet, main: quiet, edge: 'var(--ql-color-edge)', ink: 'var(--ql-color-edge)' };
  }
  const name = `--ql-color-${tier}`;
  return { light: `var(${name}-light)`, main: `var(${name})`, edge: `var(${name}-strong)`, ink: `var(--ql-color-on-${tier})` };
}

interface MedalProps {
  readonly tier: Tier;
  /** Said by screen readers; leave it out where the name stands beside the medal. */
  readonly label?: string;
  /** The `d` attribute of a 24 by 24 SVG path; a star when left out. */
  readonly icon?: string;
  readonly locked?: boolean;
  /** Width in pixels. */
  readonly size?: number;
}

/** A medal: a bronze shield, a silver hexagon or a golden sun; without its metal while it is locked. */
export function Medal({ tier, label, icon = STAR_PATH, locked = false, size = 64 }: MedalProps): ReactNode {
  const gradient = useId();
  const { light, main, edge, ink } = metalOf(tier, locked);
  const middle = tier === 'gold' ? 35 : 32;
  return (
    <Box
      component="svg"
      viewBox={tier === 'gold' ? '-2 0 68 70' : '2 0 60 64'}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      sx={{ width: size, height: size, flexShrink: 0, display: 'block' }}
    >
      <defs>
        <linearGradient id={gradient} x1="0.15" y1="0" x2="0.85" y2="1">
          <stop offset="0" stopColor={light} />
          <stop offset="0.62" stopColor={main} />
          <stop offset="1" stopColor={edge} stopOpacity={locked ? 0 : 0.9} />
        </linearGradient>
      </defs>
      <path
        d={SHAPES[tier]}
        fill={locked ? main : `url(#${gradient})`}
        stroke={edge}
        strokeWidth="2"
        strokeLinejoin="round"
        strokeDasharray={locked ? '3 4' : undefined}
      />
      {!locked && (
        <circle cx="32" cy={middle} r="19.5" fill={main} stroke={light} strokeOpacity="0.9" strokeWidth="2" />
      )}
      <path d={icon} fill={ink} transform={`translate(18.8 ${middle - 13.2}) scale(1.1)`} />
    </Box>
  );
}
