import { Box, Typography } from '@mui/material';
import { ErrorState, LoadingState } from '@questline/ui-sdk';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecommendationsListNextQuery } from './api.ts';
import { LessonList } from './LessonList.tsx';

/** On the dashboard: what to learn next. Nothing is drawn where there is nothing left to suggest. */
export function NextForYou(): ReactNode {
  const { t } = useTranslation('recommendations');
  const heading = useId();
  const { data, error, refetch } = useRecommendationsListNextQuery();
  if (error !== undefined && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingState lines={1} height={150} />;
  if (data.items.length === 0) return null;
  return (
    <Box component="section" aria-labelledby={heading}>
      <Typography variant="h3" component="h2" id={heading} sx={{ mb: 2 }}>
        {t('next')}
      </Typography>
      <LessonList lessons={data.items} labelledBy={heading} />
    </Box>
  );
}
