import { Box, type BoxProps } from '@mui/material';
import type { ReactNode } from 'react';

interface ProgressRingProps {
  /** From 0 to 100. */
  readonly value: number;
  /** What the progress is of; read out by screen readers. */
  readonly label: string;
  /** Width in pixels. */
  readonly size?: number;
  readonly thickness?: number;
  readonly color?: 'primary' | 'secondary' | 'success';
  /** What stands in the middle. */
  readonly children?: ReactNode;
  readonly sx?: BoxProps['sx'];
}

/** A ring that fills with progress. */
export function ProgressRing(props: ProgressRingProps): ReactNode {
  const { value, label, size = 56, thickness = 6, color = 'primary', children, sx } = props;
  const share = Math.min(100, Math.max(0, value));
  const radius = 50 - (thickness / size) * 50;
  const length = 2 * Math.PI * radius;
  const circle = { cx: 50, cy: 50, r: radius, fill: 'none', strokeWidth: (thickness / size) * 100 };
  return (
    <Box
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.round(share)}
      aria-valuemin={0}
      aria-valuemax={100}
      sx={[
        { position: 'relative', display: 'inline-grid', placeItems: 'center', width: size, height: size, flexShrink: 0 },
        ...(Array.isArray(sx) ? sx : [sx]),
      ]}
    >
      <Box component="svg" viewBox="0 0 100 100" aria-hidden sx={{ position: 'absolute', inset: 0, rotate: '-90deg' }}>
        <Box component="circle" {...circle} sx={{ stroke: 'var(--ql-color-sunken)' }} />
        <Box
          component="circle"
          {...circle}
          strokeLinecap="round"
          strokeDasharray={`${(share / 100) * length} ${length}`}
          sx={{
            stroke: `var(--mui-palette-${color}-main)`,
            opacity: share === 0 ? 0 : 1,
            transition: 'stroke-dasharray 600ms cubic-bezier(.2,.8,.2,1)',
            '@media (prefers-reduced-motion: reduce)': { transition: 'none' },
          }}
        />
      </Box>
      <Box
        sx={{
          position: 'relative',
          fontFamily: 'var(--ql-font-family-display)',
          fontWeight: 'var(--ql-font-weight-heading)',
          fontSize: size / 4,
          lineHeight: 1,
        }}
      >{children}</Box>
    </Box>
  );
}
