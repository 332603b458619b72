import { Box, Button, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, Page, PageHeader, ProgressRing, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Badge, type Gallery, useBadgesListMineQuery } from './api.ts';
import { BadgeCard } from './BadgeCard.tsx';
import { iconPath } from './icons.ts';
import { earnedFirst, nearestFirst } from './order.ts';

function Shelf({ title, badges }: { readonly title: string; readonly badges: readonly Badge[] }): ReactNode {
  const heading = useId();
  if (badges.length === 0) return null;
  return (
    <Box component="section" aria-labelledby={heading}>
      <Typography variant="h3" component="h2" id={heading} sx={{ mb: 2 }}>
        {title}
      </Typography>
      <Box
        component="ul"
        sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 320px), 1fr))', gap: 2, m: 0, p: 0, listStyle: 'none' }}
      >
        {badges.map((badge) => (
          <BadgeCard key={badge.id} badge={badge} />
        ))}
      </Box>
    </Box>
  );
}

function Shelves({ gallery }: { readonly gallery: Gallery }): ReactNode {
  const { t } = useTranslation('badges');
  if (gallery.badges.length === 0) {
    const start = (
      <Button component={Link} to="/catalogue" variant="contained">
        {t('empty_action')}
      </Button>
    );
    return <EmptyState icon={iconPath('trophy')} title={t('empty_title')} description={t('empty_text')} action={start} />;
  }
  return (
    <Stack sx={{ gap: { xs: 4, md: 5 } }}>
      <Shelf title={t('earned')} badges={earnedFirst(gallery.badges)} />
      <Shelf title={t('open')} badges={nearestFirst(gallery.badges)} />
    </Stack>
  );
}

/** Every badge: those the user has earned, and those still to earn with the way to them. */
export default function GalleryPage(): ReactNode {
  const { t } = useTranslation('badges');
  const format = useFormat();
  const { data, error, refetch } = useBadgesListMineQuery();
  const ring = data !== undefined && data.total > 0 && (
    <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5 }}>
      <ProgressRing value={(data.earned / data.total) * 100} label={t('ring')} size={72} thickness={8}>
        {format.number(data.earned)}
      </ProgressRing>
      <Typography color="textSecondary">{t('of_total', { count: data.total })}</Typography>
    </Stack>
  );
  return (
    <Page title={t('title')}>
      <PageHeader title={t('title')} description={t('lead')} actions={ring} />
      {error !== undefined && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === undefined && data === undefined && <LoadingState lines={4} height={120} />}
      {data !== undefined && <Shelves gallery={data} />}
    </Page>
  );
}
