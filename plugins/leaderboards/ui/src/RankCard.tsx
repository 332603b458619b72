import { Box, Button, Card, Typography } from '@mui/material';
import { ErrorState, LoadingState, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Board, type Place, useBoard } from './api.ts';
import { Face } from './Face.tsx';
import { PlaceName } from './PlaceName.tsx';
import { useFlip } from './useFlip.ts';

const SHOWN = 5;

/** The places a small card shows: those nearest to the user, or the top for who is not ranked. */
export function nearest(board: Board): readonly Place[] {
  const own = board.around.findIndex((place) => place.is_me);
  if (own === -1) return board.top.slice(0, SHOWN);
  const first = Math.max(0, Math.min(own - 2, board.around.length - SHOWN));
  return board.around.slice(first, first + SHOWN);
}

function Places({ board }: { readonly board: Board }): ReactNode {
  const { t } = useTranslation('leaderboards');
  const format = useFormat();
  const list = useRef<HTMLOListElement>(null);
  const places = nearest(board);
  const keys = places.map((place) => place.user_id ?? place.name);
  useFlip(list);
  if (places.length === 0) return <Typography color="textSecondary">{t('empty_text')}</Typography>;
  return (
    <Box component="ol" ref={list} aria-label={t('period.week')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {places.map((place, index) => (
        <Box
          component="li"
          key={keys[index]}
          data-flip={keys[index]}
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 1.25,
            mx: -1,
            px: 1,
            py: 0.75,
            borderRadius: 'var(--ql-radius-small)',
            ...(place.is_me ? { background: 'var(--ql-color-primary-soft)' } : {}),
          }}
        >
          <Typography component="span" sx={{ minWidth: 28, fontFamily: 'var(--ql-font-family-display)', fontWeight: 'var(--ql-font-weight-heading)', fontVariantNumeric: 'tabular-nums' }}>
            {format.number(place.rank)}
          </Typography>
          <Face place={place} size={30} />
          <Box sx={{ flex: 1, minWidth: 0 }}>
            <PlaceName place={place} />
          </Box>
          <Typography component="span" variant="body2" sx={{ fontVariantNumeric: 'tabular-nums' }}>
            {format.number(place.points)}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}

/** On the dashboard: this week's board around the user. */
export function RankCard(): ReactNode {
  const { t } = useTranslation('leaderboards');
  const heading = useId();
  const { data, error, refetch } = useBoard('week');
  if (error !== undefined && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingState lines={1} height={260} />;
  return (
    <Card component="section" aria-labelledby={heading} sx={{ p: { xs: 2.5, sm: 3 } }}>
      <Typography variant="h4" component="h2" id={heading} sx={{ mb: 1.5 }}>
        {t('period.week')}
      </Typography>
      <Places board={data} />
      <Button component={Link} to="/x/leaderboards" size="small" sx={{ mt: 1.5, ml: -1 }}>
        {t('whole_board')}
      </Button>
    </Card>
  );
}
