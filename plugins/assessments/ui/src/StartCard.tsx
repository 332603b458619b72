import PlayArrowRounded from '@mui/icons-material/PlayArrowRounded';
import { Alert, Box, Button, Card, Stack, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from './look.ts';
import type { Summary } from './types.ts';
import { useProblemText } from './useProblemText.ts';

interface StartCardProps {
  readonly summary: Summary;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onStart: () => void;
}

function useRules(summary: Summary): readonly { readonly name: string; readonly value: string }[] {
  const { t } = useTranslation('assessments');
  const format = useFormat();
  const { time_limit_seconds: limit, attempts_left: left, max_attempts: most } = summary;
  return [
    { name: t('rules.items'), value: format.number(summary.item_count) },
    ...(summary.graded ? [{ name: t('rules.pass'), value: format.percent(summary.pass_percent) }] : []),
    { name: t('rules.time'), value: limit === null ? t('rules.no_limit') : format.minutes(limit / 60) },
    { name: t('rules.attempts'), value: most === null ? t('rules.no_limit') : t('rules.left', { left: left ?? most, most }) },
  ];
}

/** What a quiz is like, before it begins. */
export function StartCard({ summary, busy, error, onStart }: StartCardProps): ReactNode {
  const { t } = useTranslation('assessments');
  const problem = useProblemText();
  const heading = useId();
  const rules = useRules(summary);
  return (
    <Card component="section" aria-labelledby={heading} sx={{ p: { xs: 2.5, sm: 4 } }}>
      <Typography variant="h3" component="h2" id={heading}>
        {t('start.title')}
      </Typography>
      <Typography color="textSecondary" sx={{ mt: 1 }}>
        {t(summary.feedback === 'immediate' ? 'start.immediate' : 'start.after')}
        {summary.time_limit_seconds !== null && ` ${t('start.timed')}`}
      </Typography>
      <Box
        component="dl"
        sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(128px, 1fr))', gap: 1.5, my: 3, mx: 0 }}
      >
        {rules.map(({ name, value }) => (
          <Box key={name} sx={{ p: 1.75, borderRadius: 'var(--ql-radius-control)', background: color('sunken') }}>
            <Typography component="dt" variant="body2" color="textSecondary">
              {name}
            </Typography>
            <Typography component="dd" sx={{ m: 0, fontWeight: 'var(--ql-font-weight-strong)', fontSize: '1.125rem' }}>
              {value}
            </Typography>
          </Box>
        ))}
      </Box>
      <Stack sx={{ gap: 2, alignItems: 'flex-start' }}>
        {error !== undefined && <Alert severity="error">{problem(error)}</Alert>}
        <Button
          variant="contained"
          size="large"
          startIcon={<PlayArrowRounded />}
          loading={busy}
          loadingPosition="start"
          onClick={onStart}
          sx={{ width: { xs: '100%', sm: 'auto' } }}
        >
          {t('start.button')}
        </Button>
      </Stack>
    </Card>
  );
}
