import { Box } from '@mui/material';
import { type ReactNode, useId } from 'react';

/** The metals of badges, lowest first. */
export type Tier = 'bronze' | 'silver' | 'gold';

const METALS: Readonly<Record<Tier | 'locked', readonly [string, string, string]>> = {
  bronze: ['#f0b98d', '#b4672f', '#6f3a15'],
  silver: ['#f4f7fa', '#9aa8b8', '#546272'],
  gold: ['#ffe9a3', '#e3a416', '#8a5a00'],
  locked: ['var(--mui-palette-action-hover)', 'var(--mui-palette-action-disabledBackground)', 'var(--mui-palette-text-disabled)'],
};
const STAR_PATH = 'M12 17.3 18.2 21l-1.6-7L22 9.2l-7.2-.6L12 2 9.2 8.6 2 9.2 7.5 14l-1.7 7z';

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

/** A medal of bronze, silver or gold; grey while it is locked. */
export function Medal({ tier, label, icon = STAR_PATH, locked = false, size = 64 }: MedalProps): ReactNode {
  const gradient = useId();
  const [light, main, dark] = METALS[locked ? 'locked' : tier];
  return (
    <Box
      component="svg"
      viewBox="0 0 64 64"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      sx={{ width: size, height: size, flexShrink: 0, display: 'block' }}
    >
      <defs>
        <linearGradient id={gradient} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor={light} />
          <stop offset="1" stopColor={main} />
        </linearGradient>
      </defs>
      <path
        d="M32 2 41 7.6 51.6 8.4 55.6 18.2 62 26.8 59.5 37 60 47.6 51.4 53.8 45 62 34.8 60 24.6 61.4 17.6 53.4 8 48.8 7.2 38.2 2 29 6.8 19.6 9 9.2 19.4 7z"
        fill={`url(#${gradient})`}
        stroke={dark}
        strokeOpacity={locked ? 0.25 : 0.55}
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <circle cx="32" cy="32" r="20" fill="none" stroke={dark} strokeOpacity="0.35" strokeWidth="1.5" />
      <path d={icon} fill={dark} transform="translate(18.8 18.8) scale(1.1)" />
    </Box>
  );
}
