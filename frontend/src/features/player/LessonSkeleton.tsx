import { Box, Skeleton } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { radius } from '../../design/theme/tokens.ts';

const LINES = ['96%', '100%', '92%', '98%', '64%'];

/** A lesson's shapes while it is on the way. */
export function LessonSkeleton(): ReactNode {
  const { t } = useTranslation('sdk');
  return (
    <Box role="status" aria-busy aria-label={t('loading')} sx={{ maxWidth: 760, mx: 'auto' }}>
      <Skeleton width={180} height={22} />
      <Skeleton width="80%" height={64} sx={{ mb: 4 }} />
      <Skeleton variant="rectangular" height={150} sx={{ borderRadius: radius('card'), mb: 5 }} />
      {LINES.map((width) => (
        <Skeleton key={width} width={width} height={30} />
      ))}
      <Skeleton variant="rectangular" height={280} sx={{ borderRadius: radius('card'), mt: 4 }} />
    </Box>
  );
}
