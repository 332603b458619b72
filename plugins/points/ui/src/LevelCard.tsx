import { Box, Button, Card, Stack, Typography } from '@mui/material';
import { ErrorState, LevelBar, LoadingState } from '@questline/ui-sdk';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePointsGetBalanceQuery, usePointsLatestEntriesQuery } from './api.ts';
import { CountUp } from './CountUp.tsx';
import { EntryList } from './EntryList.tsx';
import { Gains } from './Gains.tsx';
import { useLevelNames } from './names.ts';

const RECENT = 3;

/** The learner's points, level and latest awards, for the dashboard and the profile. */
export function LevelCard(): ReactNode {
  const { t } = useTranslation('points');
  const heading = useId();
  const named = useLevelNames();
  const { data, error, refetch } = usePointsGetBalanceQuery();
  const { data: entries } = usePointsLatestEntriesQuery(RECENT);
  if (error !== undefined && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingState lines={1} height={220} />;
  return (
    <Card component="section" aria-labelledby={heading} sx={{ p: { xs: 2.5, sm: 3 } }}>
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'baseline', gap: 2, mb: 1.5 }}>
        <Typography variant="h4" component="h2" id={heading}>
          {t('title')}
        </Typography>
        <Typography
          component="p"
          sx={{ fontFamily: 'var(--ql-font-family-display)', fontWeight: 'var(--ql-font-weight-display)', fontSize: '1.75rem', lineHeight: 1 }}
        >
          <CountUp value={data.balance} />
        </Typography>
      </Stack>
      <LevelBar level={named(data.level)} next={data.next_level && named(data.next_level)} points={data.balance} />
      <Box sx={{ mt: 2 }}>
        <Gains today={data.today} week={data.week} />
      </Box>
      {entries !== undefined && entries.items.length > 0 && (
        <Box sx={{ mt: 1.5 }}>
          <EntryList entries={entries.items} label={t('recent')} />
        </Box>
      )}
      <Button component={Link} to="/x/points" size="small" sx={{ mt: 1.5, ml: -1 }}>
        {t('all_points')}
      </Button>
    </Card>
  );
}
