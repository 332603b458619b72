import { Box, Button, Card, Chip, Link, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, Page, PageHeader, useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { Link as RouterLink, useSearchParams } from 'react-router';
import { useTexts } from '../pages/texts.ts';
import type { Appeal } from '../types.ts';
import { useAiLabListAppealsInfiniteQuery } from './api.ts';

const STATES = ['open', 'decided'] as const;

/** What an appeal is about, or what came of it, in a chip. */
export function ScoreChip({ appeal: { graded, score } }: { readonly appeal: Appeal }): ReactNode {
  const t = useTexts();
  if (score === null) return <Chip size="small" variant="outlined" label={t('admin.appeals.score_was', { score: graded })} />;
  const changed = score !== graded;
  return <Chip size="small" variant="outlined" color={changed ? 'success' : 'default'} label={t(changed ? 'admin.appeals.score_is' : 'admin.appeals.score_kept', { graded, score })} />;
}

/** The appeals that the reader may decide on. */
export default function AppealsPage(): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const state = STATES.find((each) => each === params.get('state')) ?? 'open';
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useAiLabListAppealsInfiniteQuery(state === 'decided');
  const cards = data?.pages.flatMap((page) => page.items);
  return (
    <Page title={t('admin.appeals.title')} maxWidth="md">
      <PageHeader title={t('admin.appeals.title')} description={t('admin.appeals.lead')} />
      <ToggleButtonGroup
        exclusive
        size="small"
        value={state}
        aria-label={t('admin.appeals.which')}
        sx={{ mb: 3 }}
        onChange={(_event, next: (typeof STATES)[number] | null) => next !== null && setParams(next === 'open' ? {} : { state: next }, { replace: true })}
      >
        {STATES.map((each) => (
          <ToggleButton key={each} value={each} sx={{ minHeight: 44, px: 2 }}>
            {t(`admin.appeals.${each}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {cards === undefined && (error === undefined ? <LoadingState lines={4} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {cards?.length === 0 && <EmptyState role="status" title={t(`admin.appeals.none_${state}`)} description={t(`admin.appeals.none_${state}_detail`)} />}
      {cards !== undefined && cards.length > 0 && (
        <Card component="ul" aria-label={t(`admin.appeals.${state}`)} sx={{ m: 0, px: { xs: 2, sm: 3 }, py: 0.5, listStyle: 'none' }}>
          {cards.map(({ id, learner, exercise, course, appeal }) => (
            <Box
              component="li"
              key={id}
              sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', py: 1.75, borderTop: '1px solid var(--ql-color-line)', '&:first-of-type': { borderTop: 0 } }}
            >
              <Box sx={{ minWidth: 0, flex: '1 1 240px' }}>
                <Link component={RouterLink} to={`/x/ai_lab/appeals/${id}`} variant="h4" sx={{ overflowWrap: 'anywhere' }}>
                  {exercise}
                </Link>
                <Typography variant="body2" color="textSecondary">
                  {[course, t('admin.appeals.by', { learner: learner === '' ? t('admin.appeals.somebody') : learner, when: format.dateTime(appeal.appealed_at) })].filter(Boolean).join(' · ')}
                </Typography>
              </Box>
              <ScoreChip appeal={appeal} />
            </Box>
          ))}
        </Card>
      )}
      {hasNextPage && (
        <Button variant="outlined" loading={isFetchingNextPage} sx={{ display: 'flex', mx: 'auto', mt: 3 }} onClick={() => void fetchNextPage()}>
          {t('admin.more')}
        </Button>
      )}
    </Page>
  );
}
