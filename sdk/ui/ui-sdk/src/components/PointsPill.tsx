import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';
import { PathIcon } from './PathIcon.tsx';

const SPARK_PATH = 'M12 2l2.4 6.6L21 11l-6.6 2.4L12 20l-2.4-6.6L3 11l6.6-2.4zM19 16l.9 2.1L22 19l-2.1.9L19 22l-.9-2.1L16 19l2.1-.9z';

interface PointsPillProps {
  readonly points: number;
  /** Show a plus sign before a gain. */
  readonly signed?: boolean;
  readonly size?: 'small' | 'medium';
}

/** A number of points in a small rounded frame. */
export function PointsPill({ points, signed = false, size = 'medium' }: PointsPillProps): ReactNode {
  const format = useFormat();
  const { t } = useTranslation('sdk');
  const text = format.number(points, signed ? { signDisplay: 'exceptZero' } : undefined);
  return (
    <Box
      component="span"
      aria-label={t('points', { count: points, points: text })}
      role="img"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        px: size === 'small' ? 1 : 1.5,
        py: size === 'small' ? 0.25 : 0.5,
        borderRadius: 99,
        fontWeight: 700,
        fontSize: size === 'small' ? 13 : 15,
        fontVariantNumeric: 'tabular-nums',
        whiteSpace: 'nowrap',
        color: 'text.primary',
        bgcolor: 'color-mix(in oklab, var(--mui-palette-warning-main) 18%, transparent)',
      }}
    >
      <PathIcon path={SPARK_PATH} sx={{ fontSize: '1.2em', color: 'warning.main' }} aria-hidden />
      {text}
    </Box>
  );
}
