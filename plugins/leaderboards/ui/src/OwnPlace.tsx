import { Box, Button, Card, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Board } from './api.ts';

/** How many points it takes to pass whoever is next above, and who that is; null at the top. */
export function nextAbove(board: Board): { readonly name: string; readonly missing: number } | null {
  const { me } = board;
  if (me === null) return null;
  const above = [...board.around, ...board.top].find((place) => place.rank === me.rank - 1);
  return above === undefined ? null : { name: above.name, missing: above.points - me.points + 1 };
}

interface OwnPlaceProps {
  readonly board: Board;
  readonly optedOut: boolean;
  /** Opens the preferences. */
  readonly onChoose: () => void;
}

/** Where one stands oneself, and what it takes to climb; or why one is not on the board. */
export function OwnPlace({ board, optedOut, onChoose }: OwnPlaceProps): ReactNode {
  const { t } = useTranslation('leaderboards');
  const format = useFormat();
  const above = nextAbove(board);
  return (
    <Card sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2, p: { xs: 2, sm: 2.5 } }}>
      {board.me === null ? (
        <>
          <Box sx={{ flex: '1 1 240px' }}>
            <Typography variant="h4" component="h2">
              {t(optedOut ? 'out_title' : 'unranked_title')}
            </Typography>
            <Typography color="textSecondary">{t(optedOut ? 'out_text' : 'unranked_text')}</Typography>
          </Box>
          {optedOut ? (
            <Button variant="outlined" onClick={onChoose}>
              {t('take_part')}
            </Button>
          ) : (
            <Button component={Link} to="/" variant="outlined">
              {t('go_learn')}
            </Button>
          )}
        </>
      ) : (
        <>
          <Typography
            component="p"
            aria-hidden
            sx={{ fontFamily: 'var(--ql-font-family-display)', fontWeight: 'var(--ql-font-weight-display)', fontSize: '2.75rem', lineHeight: 1, color: 'var(--ql-color-primary-ink)' }}
          >
            {format.number(board.me.rank)}
          </Typography>
          <Box aria-live="polite" sx={{ flex: '1 1 220px' }}>
            <Typography variant="h4" component="h2">
              {t('own_rank', { rank: format.number(board.me.rank), total: format.number(board.total) })}
            </Typography>
            <Typography color="textSecondary">
              {above === null ? t('leading') : t('next_above', { count: above.missing, points: format.number(above.missing), name: above.name })}
            </Typography>
          </Box>
        </>
      )}
    </Card>
  );
}
