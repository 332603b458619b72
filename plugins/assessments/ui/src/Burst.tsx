import { Box } from '@mui/material';
import { keyframes } from '@emotion/react';
import type { ReactNode } from 'react';
import { STILL, color } from './look.ts';

const COLORS = ['primary', 'success', 'points', 'info'];
const PIECES = 28;
const fly = keyframes`
  from { opacity: 1; transform: rotate(var(--turn)) translateX(48px) scale(1); }
  to { opacity: 0; transform: rotate(var(--turn)) translateX(var(--far)) scale(0.4); }
`;

/** A handful of confetti behind whatever it lies in; decorative, and left out for people who want no movement. */
export function Burst(): ReactNode {
  return (
    <Box aria-hidden sx={{ position: 'absolute', inset: 0, display: 'grid', placeItems: 'center', pointerEvents: 'none', [STILL]: { display: 'none' } }}>
      {Array.from({ length: PIECES }, (_, piece) => (
        <Box
          key={piece}
          sx={{
            '--turn': `${(360 / PIECES) * piece}deg`,
            '--far': `${110 + ((piece * 37) % 60)}px`,
            gridArea: '1 / 1',
            width: piece % 3 === 0 ? 14 : 8,
            height: 8,
            borderRadius: piece % 2 === 0 ? '50%' : '2px',
            background: color(COLORS[piece % COLORS.length] ?? 'primary'),
            opacity: 0,
            animation: `${fly} 1100ms cubic-bezier(.15,.7,.3,1) ${(piece % 5) * 40}ms both`,
          }}
        />
      ))}
    </Box>
  );
}
