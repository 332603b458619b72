import { Box, Typography } from '@mui/material';
import type { SlotProps } from '@questline/ui-sdk';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecommendationsListRelatedQuery } from './api.ts';
import { LessonList } from './LessonList.tsx';

/** Below a lesson: those related to it. It is an extra, so nothing is drawn while there is nothing to show. */
export function RelatedLessons({ lessonId }: SlotProps['lesson.after']): ReactNode {
  const { t } = useTranslation('recommendations');
  const heading = useId();
  const { currentData } = useRecommendationsListRelatedQuery(lessonId);
  if (currentData === undefined || currentData.items.length === 0) return null;
  return (
    <Box component="section" aria-labelledby={heading}>
      <Typography variant="h4" component="h2" id={heading} sx={{ mb: 1.5 }}>
        {t('related')}
      </Typography>
      <LessonList lessons={currentData.items} labelledBy={heading} />
    </Box>
  );
}
