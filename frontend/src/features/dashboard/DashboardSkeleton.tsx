import { Box, Skeleton, Stack } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { radius } from '../../design/theme/tokens.ts';

const card = { borderRadius: radius('card') } as const;

/** The dashboard's shapes while its data is on the way. */
export function DashboardSkeleton(): ReactNode {
  const { t } = useTranslation('sdk');
  return (
    <Box role="status" aria-busy aria-label={t('loading')}>
      <Skeleton variant="rectangular" sx={{ height: { xs: 400, md: 312 }, borderRadius: radius('hero') }} />
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', lg: 'minmax(0, 1fr) 344px' }, gap: 4, mt: 4 }}>
        <Stack sx={{ gap: 2 }}>
          <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(3, 1fr)', gap: 2 }}>
            {[0, 1, 2].map((fact) => (
              <Skeleton key={fact} variant="rectangular" height={98} sx={card} />
            ))}
          </Box>
          <Skeleton variant="rectangular" height={148} sx={[card, { mt: 4 }]} />
          <Skeleton variant="rectangular" height={148} sx={card} />
        </Stack>
        <Skeleton variant="rectangular" height={260} sx={card} />
      </Box>
    </Box>
  );
}
