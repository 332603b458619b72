import { Box, Stack, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActivityHeatmap } from '../../design/gamification/ActivityHeatmap.tsx';
import type { ActivityDay } from '../../design/gamification/weeks.ts';
import { color } from '../../design/theme/tokens.ts';

/** The last weeks of learning, and how many of their days were active. */
export function Activity({ days }: { readonly days: readonly ActivityDay[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const active = days.filter((day) => day.count > 0).length;
  return (
    <Stack
      direction={{ xs: 'column', sm: 'row' }}
      sx={{ alignItems: { sm: 'center' }, columnGap: 5, rowGap: 2, justifyContent: 'space-between' }}
    >
      <Box sx={{ flex: '1 1 280px', maxWidth: 360 }}>
        <ActivityHeatmap days={days} />
      </Box>
      <Box sx={{ flex: '1 1 160px' }}>
        <Typography variant="h1" component="p" sx={{ lineHeight: 1.1 }}>
          {format.number(active)}
        </Typography>
        <Typography sx={{ color: color('muted'), maxWidth: '22ch' }}>
          {t('dashboard.active_days', { count: active, total: days.length })}
        </Typography>
      </Box>
    </Stack>
  );
}
