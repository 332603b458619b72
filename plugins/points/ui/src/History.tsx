import { Button, Card, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Entry, usePointsListEntriesInfiniteQuery } from './api.ts';
import { EntryList } from './EntryList.tsx';

const FLAG = 'M14.4 6 14 4H5v17h2v-7h5.6l.4 2h7V6z';

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
      {byDay(entries, (entry) => format.date(entry.occurred_at, { dateStyle: 'full' })).map(([day, ofDay]) => (
        <section key={day}>
          <Typography variant="subtitle2" component="h3" color="textSecondary" sx={{ mb: 1 }}>
            {day}
          </Typography>
          <Card sx={{ px: { xs: 2, sm: 3 }, py: 0.75 }}>
            <EntryList entries={ofDay} label={day} detailed />
          </Card>
        </section>
      ))}
      {hasNextPage && (
        <Button variant="outlined" loading={isFetchingNextPage} onClick={() => void fetchNextPage()} sx={{ alignSelf: 'center' }}>
          {t('more')}
        </Button>
      )}
    </Stack>
  );
}
