import { Box, Card, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import contributions from '../contributions.ts';
import { type Period, useBoard } from './api.ts';
import { OwnPlace } from './OwnPlace.tsx';
import { PlaceTable } from './PlaceTable.tsx';
import { Podium } from './Podium.tsx';

const STEPS = 3;

interface BoardPanelProps {
  readonly period: Period;
  readonly optedOut: boolean;
  readonly onChoose: () => void;
}

/** One board: the podium, the places below, and those around oneself. */
export function BoardPanel({ period, optedOut, onChoose }: BoardPanelProps): ReactNode {
  const { t } = useTranslation('leaderboards');
  const format = useFormat();
  const { currentData: board, error, refetch } = useBoard(period);
  if (error !== undefined && board === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (board === undefined) return <LoadingState lines={3} height={150} />;
  const below = board.around.filter((place) => place.rank > board.top.length);
  const adjoining = below[0]?.rank === board.top.length + 1;
  const near = board.me !== null && board.me.rank > board.top.length;
  const rest = [...board.top.slice(STEPS), ...(near && adjoining ? below : [])];
  return (
    <Stack sx={{ gap: 3 }}>
      <OwnPlace board={board} optedOut={optedOut} onChoose={onChoose} />
      {board.top.length === 0 ? (
        <EmptyState icon={contributions.navigation[0].icon} title={t('empty_title')} description={t('empty_text')} />
      ) : (
        <Card sx={{ overflow: 'hidden' }}>
          <Podium places={board.top} />
          {rest.length > 0 && <PlaceTable places={rest} caption={t(`period.${period}`)} />}
        </Card>
      )}
      {near && !adjoining && (
        <Box component="section" aria-labelledby="around-me">
          <Typography variant="h4" component="h2" id="around-me" sx={{ mb: 1.5 }}>
            {t('around')}
          </Typography>
          <Card sx={{ overflow: 'hidden' }}>
            <PlaceTable places={board.around} caption={t('around')} />
          </Card>
        </Box>
      )}
      {board.ends_at !== null && (
        <Typography variant="body2" color="textSecondary">
          {t('ends', { when: format.relative(board.ends_at) })}
        </Typography>
      )}
    </Stack>
  );
}
