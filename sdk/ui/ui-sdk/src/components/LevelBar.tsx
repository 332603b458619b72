import { Box, LinearProgress, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';

interface LevelBarProps {
  readonly level: { readonly number: number; readonly title: string; readonly floor: number };
  /** Null on the highest level. */
  readonly next: { readonly number: number; readonly title: string; readonly floor: number } | null;
  /** Points the learner has now. */
  readonly points: number;
}

/** How far a learner is between two levels. */
export function LevelBar({ level, next, points }: LevelBarProps): ReactNode {
  const { t } = useTranslation('sdk');
  const format = useFormat();
  const share = next === null ? 100 : ((points - level.floor) / (next.floor - level.floor)) * 100;
  const label = t('level', { number: level.number, title: level.title });
  return (
    <Box>
      <Typography variant="subtitle2" sx={{ mb: 0.75 }}>
        {label}
      </Typography>
      <LinearProgress
        variant="determinate"
        value={Math.min(100, Math.max(0, share))}
        aria-label={label}
        sx={{ height: 14, '& .MuiLinearProgress-bar': { background: 'var(--ql-color-points)' } }}
      />
      <Typography variant="body2" color="textSecondary" sx={{ mt: 0.75 }}>
        {next === null ? t('level_highest') : t('level_missing', { points: format.number(next.floor - points), title: next.title })}
      </Typography>
    </Box>
  );
}
