import { Box, Button, Card, Stack, Typography } from '@mui/material';
import { ErrorState, LoadingState } from '@questline/ui-sdk';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Badge, useBadgesListMineQuery } from './api.ts';
import { BadgeTile } from './BadgeTile.tsx';
import { earnedFirst, nearestFirst } from './order.ts';

const LATEST = 3;
const NEAREST = 3;

interface RowProps {
  readonly title: string;
  readonly choose: (badges: readonly Badge[]) => readonly Badge[];
  /** What stands there where no badge was chosen. */
  readonly nothing?: string;
}

function Row({ title, choose, nothing }: RowProps): ReactNode {
  const { t } = useTranslation('badges');
  const heading = useId();
  const { data, error, refetch } = useBadgesListMineQuery();
  if (error !== undefined && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingState lines={1} height={180} />;
  const chosen = choose(data.badges);
  if (chosen.length === 0 && nothing === undefined) return null;
  return (
    <Box component="section" aria-labelledby={heading}>
      <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between', gap: 2, mb: 2, minHeight: 44 }}>
        <Typography variant="h3" component="h2" id={heading}>
          {title}
        </Typography>
        <Button component={Link} to="/x/badges" size="small">
          {t('all', { earned: data.earned, total: data.total })}
        </Button>
      </Stack>
      <Card sx={{ p: { xs: 2, sm: 2.5 } }}>
        {chosen.length === 0 ? (
          <Typography color="textSecondary">{nothing}</Typography>
        ) : (
          <Box
            component="ul"
            aria-labelledby={heading}
            sx={{
              display: 'grid',
              gridTemplateColumns: 'repeat(auto-fit, minmax(92px, 1fr))',
              columnGap: 1,
              rowGap: 2.5,
              m: 0,
              p: 0,
              listStyle: 'none',
            }}
          >
            {chosen.map((badge) => (
              <BadgeTile key={badge.id} badge={badge} />
            ))}
          </Box>
        )}
      </Card>
    </Box>
  );
}

/** On the dashboard: the badges earned last and those nearest. */
export function BadgeStrip(): ReactNode {
  const { t } = useTranslation('badges');
  return (
    <Row
      title={t('title')}
      choose={(badges) => [...earnedFirst(badges).slice(0, LATEST), ...nearestFirst(badges).slice(0, NEAREST)]}
    />
  );
}

/** On the profile: every badge that was earned. */
export function BadgeShelf(): ReactNode {
  const { t } = useTranslation('badges');
  return <Row title={t('title')} choose={earnedFirst} nothing={t('empty_text')} />;
}
