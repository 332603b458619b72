import { Box, LinearProgress, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../../design/theme/tokens.ts';
import { TEXTS } from './texts.ts';

interface RequestProgressProps {
  readonly step: string | null;
  readonly done: number;
  readonly total: number;
}

const OWN_STEPS = new Set(['core', 'files', 'seal', 'look']);

/** How far a request is. */
export function RequestProgress({ step, done, total }: RequestProgressProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const id = useId();
  const name = step === null ? t('step_begin') : OWN_STEPS.has(step) ? t(`step_${step}`) : t('step_plugin', { name: step });
  return (
    <Box sx={{ maxWidth: 440 }}>
      <Typography id={id} variant="body2" sx={{ color: color('muted'), mb: 1 }}>
        {name}
      </Typography>
      <LinearProgress
        aria-labelledby={id}
        variant={total === 0 ? 'indeterminate' : 'determinate'}
        value={total === 0 ? 0 : (done / total) * 100}
        sx={{ height: 8, borderRadius: 4 }}
      />
    </Box>
  );
}
