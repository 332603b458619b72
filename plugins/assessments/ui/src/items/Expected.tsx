import { Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Feedback } from '../types.ts';

interface ExpectedProps {
  readonly feedback: Feedback | undefined;
  readonly text: string | undefined;
}

/** The right answer, under one that was not. */
export function Expected({ feedback, text }: ExpectedProps): ReactNode {
  const { t } = useTranslation('assessments');
  if (feedback === undefined || feedback.correct || text === undefined) return null;
  return (
    <Typography sx={{ mt: 1.25 }}>
      {t('expected')} <strong>{text}</strong>
    </Typography>
  );
}
