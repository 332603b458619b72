import { Box, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

function Gain({ amount, label }: { readonly amount: number; readonly label: string }): ReactNode {
  const format = useFormat();
  return (
    <Box sx={{ p: 1.5, borderRadius: 'var(--ql-radius-control)', background: 'var(--ql-color-sunken)' }}>
      <Typography
        component="dd"
        sx={{ m: 0, fontFamily: 'var(--ql-font-family-display)', fontWeight: 'var(--ql-font-weight-heading)', fontSize: '1.25rem', lineHeight: 1.2 }}
      >
        {format.number(amount, { signDisplay: 'exceptZero' })}
      </Typography>
      <Typography component="dt" variant="body2" color="textSecondary">
        {label}
      </Typography>
    </Box>
  );
}

/** What was earned today and this week. */
export function Gains({ today, week }: { readonly today: number; readonly week: number }): ReactNode {
  const { t } = useTranslation('points');
  return (
    <Box
      component="dl"
      sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.5, m: 0, '& > div': { display: 'flex', flexDirection: 'column' } }}
    >
      <Gain amount={today} label={t('today')} />
      <Gain amount={week} label={t('week')} />
    </Box>
  );
}
