import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { border, color, radius } from '../../design/theme/tokens.ts';

interface SwatchProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const CHECKS = `repeating-conic-gradient(${color('line')} 0 25%, ${color('surface')} 0 50%) 0 0 / 12px 12px`;

/** A colour to look at, and the device's own picker behind it. */
export function Swatch({ label, value, onChange }: SwatchProps): ReactNode {
  const complete = /^#[0-9a-f]{6}(?:[0-9a-f]{2})?$/iu.test(value);
  return (
    <Box
      sx={{
        position: 'relative',
        flexShrink: 0,
        width: 44,
        height: 44,
        borderRadius: radius('small'),
        border: border('control', 'edge'),
        background: CHECKS,
        overflow: 'hidden',
        '&:focus-within': { outline: `3px solid ${color('primary')}`, outlineOffset: 2 },
      }}
    >
      <Box aria-hidden style={{ background: complete ? value : 'transparent' }} sx={{ position: 'absolute', inset: 0 }} />
      <Box
        component="input"
        type="color"
        aria-label={label}
        value={complete ? value.slice(0, 7).toLowerCase() : '#000000'}
        onChange={(event) => onChange(event.target.value + value.slice(7))}
        sx={{ position: 'absolute', inset: 0, width: '100%', height: '100%', p: 0, border: 0, opacity: 0, cursor: 'pointer' }}
      />
    </Box>
  );
}
