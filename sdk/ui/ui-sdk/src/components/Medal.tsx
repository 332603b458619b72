import { Box } from '@mui/material';
import { type ReactNode, useId } from 'react';

/** The metals of badges, lowest first. */
export type Tier = 'bronze' | 'silver' | 'gold';

const STAR_PATH = 'M12 17.3 18.2 21l-1.6-7L22 9.2l-7.2-.6L12 2 9.2 8.6 2 9.2 7.5 14l-1.7 7z';

/** The outlines of the metals, so that a tier is told apart by its shape as well as by its colour. */
const SHAPES: Readonly<Record<Tier, string>> = {
  bronze: 'M32 3.5A28.5 28.5 0 1 1 32 60.5A28.5 28.5 0 1 1 32 3.5Z',
  silver: 'M27.5 4.2a9 9 0 0 1 9 0L54 14.3a9 9 0 0 1 4.5 7.8v19.8a9 9 0 0 1-4.5 7.8L36.5 59.8a9 9 0 0 1-9 0L10 49.7a9 9 0 0 1-4.5-7.8V22.1A9 9 0 0 1 10 14.3Z',
  gold: 'M28.7 4.4Q32 1.5 35.3 4.4Q38.6 7.4 42.9 6.5Q47.2 5.6 48.6 9.8Q50 14 54.2 15.4Q58.4 16.8 57.5 21.1Q56.6 25.4 59.6 28.7Q62.5 32 59.6 35.3Q56.6 38.6 57.5 42.9Q58.4 47.2 54.2 48.6Q50 50 48.6 54.2Q47.2 58.4 42.9 57.5Q38.6 56.6 35.3 59.6Q32 62.5 28.7 59.6Q25.4 56.6 21.1 57.5Q16.8 58.4 15.4 54.2Q14 50 9.8 48.6Q5.6 47.3 6.5 42.9Q7.4 38.6 4.4 35.3Q1.5 32 4.4 28.7Q7.4 25.4 6.5 21.1Q5.6 16.7 9.8 15.4Q14 14 15.4 9.8Q16.7 5.6 21.1 6.5Q25.4 7.4 28.7 4.4Z',
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

/** A medal: a bronze disc, a silver hexagon or a golden sun; without its metal while it is locked. */
export function Medal({ tier, label, icon = STAR_PATH, locked = false, size = 64 }: MedalProps): ReactNode {
  const gradient = useId();
  const { light, main, edge, ink } = metalOf(tier, locked);
  return (
    <Box
      component="svg"
      viewBox="0 0 64 64"
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
        <circle cx="32" cy="32" r="19.5" fill={main} stroke={light} strokeOpacity="0.9" strokeWidth="2" />
      )}
      <path d={icon} fill={ink} transform="translate(18.8 18.8) scale(1.1)" />
    </Box>
  );
}
