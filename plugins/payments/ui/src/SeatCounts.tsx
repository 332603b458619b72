import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Seats } from './seatsApi.ts';

/** How many seats there are, and how many are taken, promised and free. */
export function SeatCounts({ seats }: { readonly seats: Seats }): ReactNode {
  const { t } = useTranslation('payments');
  return (
    <Box component="dl" sx={{ m: 0, display: 'grid', gap: 1.5, gridTemplateColumns: { xs: 'repeat(2, 1fr)', sm: 'repeat(4, 1fr)' } }}>
      {(['seats', 'taken', 'invited', 'free'] as const).map((name) => (
        <Box key={name} sx={{ display: 'flex', flexDirection: 'column-reverse', px: 1.5, py: 1, borderRadius: 'var(--ql-radius-small)', border: '1px solid var(--ql-color-line)' }}>
          <Typography component="dt" variant="body2" color="textSecondary">
            {t(`seats.counts.${name}`)}
          </Typography>
          <Typography component="dd" sx={{ m: 0, fontSize: '1.5rem', fontWeight: 700, lineHeight: 1.2, fontVariantNumeric: 'tabular-nums' }}>
            {seats[name]}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
