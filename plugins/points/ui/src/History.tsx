import { Box, Button, Card, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Entry, usePointsListEntriesInfiniteQuery } from './api.ts';
import { EntryList } from './EntryList.tsx';

const FLAG = 'M14.4 6 14 4H5v17h2v-7h5.6l.4 2h7V6z';

const DAY = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;

/** Groups entries, which are newest first, by the day that `dayOf` names. */
export function byDay(entries: readonly Entry[], dayOf: (entry: Entry) => string): readonly (readonly [string, readonly Entry[]])[] {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = dayOf(entry);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days];
}

/** Everything that was awarded, a card a day. */
export function History(): ReactNode {
  const { t } = useTranslation('points');
  const format = useFormat();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = usePointsListEntriesInfiniteQuery();
  if (error !== undefined && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingState lines={4} />;
  const entries = data.pages.flatMap((page) => page.items);
  if (entries.length === 0) {
    const start = (
      <Button component={Link} to="/catalogue" variant="contained">
        {t('empty_action')}
      </Button>
    );
    return <EmptyState icon={FLAG} title={t('empty_title')} description={t('empty_text')} action={start} />;
  }
  return (
    <Stack sx={{ gap: 3 }}>
      <Card sx={{ px: { xs: 2, sm: 3 }, py: { xs: 1, sm: 0.75 } }}>
        {byDay(entries, (entry) => format.date(entry.occurred_at, DAY)).map(([day, ofDay]) => (
          <Box
            component="section"
            key={day}
            sx={{
              display: 'grid',
              gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '152px minmax(0, 1fr)' },
              columnGap: 3,
              pt: { xs: 1.5, md: 0 },
              borderTop: 'var(--ql-border-rule) solid var(--ql-color-line)',
              '&:first-of-type': { borderTop: 0 },
            }}
          >
            <Typography variant="subtitle2" component="h3" color="textSecondary" sx={{ py: { md: 1.5 } }}>
              {day}
            </Typography>
            <EntryList entries={ofDay} label={day} detailed />
          </Box>
        ))}
      </Card>
      {hasNextPage && (
        <Button variant="outlined" loading={isFetchingNextPage} onClick={() => void fetchNextPage()} sx={{ alignSelf: 'center' }}>
          {t('more')}
        </Button>
      )}
    </Stack>
  );
}
