import { Box, Card, Stack, Typography } from '@mui/material';
import { ErrorState, LevelBar, LoadingState, Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePointsGetBalanceQuery } from './api.ts';
import { CountUp } from './CountUp.tsx';
import { Gains } from './Gains.tsx';
import { History } from './History.tsx';
import { Ladder } from './Ladder.tsx';
import { useLevelNames } from './names.ts';

/** Everything about one's own points: the level, the way up, and each award. */
export default function PointsPage(): ReactNode {
  const { t } = useTranslation('points');
  const named = useLevelNames();
  const { data, error, refetch } = usePointsGetBalanceQuery();
  return (
    <Page title={t('title')}>
      <PageHeader title={t('title')} description={t('lead')} />
      {error !== undefined && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === undefined && data === undefined && <LoadingState />}
      {data !== undefined && (
        <Box
          sx={{
            display: 'grid',
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 344px' },
            gap: { xs: 3, lg: 4 },
            alignItems: 'start',
          }}
        >
          <Stack sx={{ gap: { xs: 3, md: 4 }, minWidth: 0 }}>
            <Card sx={{ p: { xs: 2.5, sm: 3 } }}>
              <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: { xs: 2, sm: 4 }, alignItems: 'center', mb: 2.5 }}>
                <Box sx={{ flex: '1 1 180px' }}>
                  <Typography component="p" sx={{ fontFamily: 'var(--ql-font-family-display)', fontWeight: 'var(--ql-font-weight-display)', fontSize: { xs: '2.75rem', sm: '3.5rem' }, lineHeight: 1 }}>
                    <CountUp value={data.balance} />
                  </Typography>
                  <Typography color="textSecondary">{t('unit', { count: data.balance })}</Typography>
                </Box>
                <Box sx={{ flex: '1 1 260px' }}>
                  <Gains today={data.today} week={data.week} />
                </Box>
              </Box>
              <LevelBar level={named(data.level)} next={data.next_level && named(data.next_level)} points={data.balance} />
            </Card>
            <Box component="section" aria-labelledby="points-history">
              <Typography variant="h3" component="h2" id="points-history" sx={{ mb: 2 }}>
                {t('history')}
              </Typography>
              <History />
            </Box>
          </Stack>
          <Ladder current={data.level.number} />
        </Box>
      )}
    </Page>
  );
}
