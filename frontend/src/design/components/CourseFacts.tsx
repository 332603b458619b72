import { Stack, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface CourseFactsProps {
  readonly level: 'beginner' | 'intermediate' | 'advanced';
  readonly minutes: number;
  readonly lessons: number;
  readonly color?: string;
}

/** Level, number of lessons and length of a course, in one quiet line. */
export function CourseFacts({ level, minutes, lessons, color = 'text.secondary' }: CourseFactsProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const facts = [t(`design.level_${level}`), t('design.lessons', { count: lessons }), format.minutes(minutes)];
  return (
    <Stack
      component="ul"
      direction="row"
      sx={{ flexWrap: 'wrap', columnGap: 2, rowGap: 0.25, m: 0, p: 0, listStyle: 'none', overflow: 'clip', color }}
    >
      {facts.map((fact, index) => (
        <Typography
          key={fact}
          component="li"
          variant="body2"
          sx={
            index === 0 ? {} : { '&::before': { content: '"·"', marginInlineStart: '-10px', marginInlineEnd: '5px' } }
          }
        >
          {fact}
        </Typography>
      ))}
    </Stack>
  );
}
