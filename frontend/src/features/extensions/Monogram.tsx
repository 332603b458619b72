import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { color, font, radius, weight } from '../../design/theme/tokens.ts';

interface MonogramProps {
  readonly title: string;
  /** Whether what it stands for is on. */
  readonly on: boolean;
}

/** The first letter of a name in a square, filled while what it stands for is on. */
export function Monogram({ title, on }: MonogramProps): ReactNode {
  return (
    <Box
      aria-hidden
      sx={{
        display: 'grid',
        placeItems: 'center',
        flexShrink: 0,
        width: 52,
        height: 52,
        borderRadius: radius('control'),
        background: color(on ? 'primary-soft' : 'sunken'),
        color: color(on ? 'primary-ink' : 'muted'),
        fontFamily: font('display'),
        fontSize: '1.5rem',
        fontWeight: weight('display'),
      }}
    >
      {title.at(0)?.toUpperCase()}
    </Box>
  );
}
