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
        gap: 0.625,
        minHeight: size === 'small' ? 26 : 36,
        px: size === 'small' ? 1 : 1.5,
        borderRadius: 'var(--ql-radius-pill)',
        fontFamily: 'var(--ql-font-family-display)',
        fontWeight: 'var(--ql-font-weight-heading)',
        fontSize: size === 'small' ? '0.875rem' : '1.0625rem',
        fontVariantNumeric: 'tabular-nums',
        whiteSpace: 'nowrap',
        color: 'var(--ql-color-points-ink)',
        background: 'var(--ql-color-points-soft)',
      }}
    >
      <PathIcon path={SPARK_PATH} sx={{ fontSize: '1.2em', color: 'var(--ql-color-points-strong)' }} aria-hidden />
      {text}
    </Box>
  );
}
