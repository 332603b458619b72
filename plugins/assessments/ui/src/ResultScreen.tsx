import ReplayRounded from '@mui/icons-material/ReplayRounded';
import { Alert, Box, Button, Card, Stack, Typography } from '@mui/material';
import { ProgressRing, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Burst } from './Burst.tsx';
import { ItemReport } from './ItemReport.tsx';
import type { Attempt, AttemptResult, ItemResult } from './types.ts';
import { useProblemText } from './useProblemText.ts';

interface ResultScreenProps {
  readonly attempt: Attempt;
  readonly result: AttemptResult;
  /** Whether it was submitted just now: then the focus goes to it, and a pass is celebrated. */
  readonly fresh: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onRetry: () => void;
}

function useSentence({ graded, pass_percent: pass }: Attempt, result: AttemptResult): string {
  const { t } = useTranslation('assessments');
  const format = useFormat();
  if (result.passed) return t(result.percent === 100 ? 'result.perfect' : graded ? 'result.passed' : 'result.done');
  if (!graded) return t('result.done');
  const needed = t('result.needed', { percent: format.percent(pass) });
  if (result.attempts_left === 0) return `${needed} ${t('result.no_attempts')}`;
  return result.attempts_left === null ? needed : `${needed} ${t('result.attempts', { count: result.attempts_left })}`;
}

/** What a submitted attempt scored, with every item below. */
export function ResultScreen({ attempt, result, fresh, busy, error, onRetry }: ResultScreenProps): ReactNode {
  const { t } = useTranslation('assessments');
  const format = useFormat();
  const problem = useProblemText();
  const heading = useRef<HTMLHeadingElement>(null);
  const sentence = useSentence(attempt, result);
  useEffect(() => {
    if (fresh) heading.current?.focus();
  }, [fresh]);
  const byId = new Map<string, ItemResult>(result.items.map((each) => [each.item_id, each]));
  const score = t('result.score', { score: format.number(result.score), max: format.number(result.max_score) });
  const verdict = attempt.graded ? (result.passed ? 'result.title_passed' : 'result.title_failed') : 'result.title_done';
  return (
    <Card component="section" aria-label={attempt.title} sx={{ p: { xs: 2, sm: 4 } }}>
      <Stack sx={{ alignItems: 'center', textAlign: 'center', gap: 1.5 }}>
        <Box sx={{ position: 'relative', display: 'grid' }}>
          {fresh && result.passed && <Burst />}
          <ProgressRing value={result.percent} label={t('result.label')} size={148} thickness={12} color={result.passed ? 'success' : 'primary'}>
            {format.percent(result.percent)}
          </ProgressRing>
        </Box>
        <Typography ref={heading} tabIndex={-1} variant="h2" sx={{ mt: 1, scrollMarginTop: '240px', outline: 'none' }}>
          {t(verdict)}
        </Typography>
        <Typography sx={{ maxWidth: '46ch' }}>
          {score} {sentence}
        </Typography>
        {!result.revealed && <Typography color="textSecondary">{t('result.hidden')}</Typography>}
        {error !== undefined && <Alert severity="error">{problem(error)}</Alert>}
        {result.attempts_left !== 0 && (
          <Button
            variant={result.passed ? 'outlined' : 'contained'}
            size="large"
            startIcon={<ReplayRounded />}
            loading={busy}
            loadingPosition="start"
            onClick={onRetry}
            sx={{ mt: 1 }}
          >
            {t(result.passed ? 'result.again' : 'result.retry')}
          </Button>
        )}
      </Stack>
      <Typography variant="h4" component="h3" sx={{ mt: 4, mb: 1.5 }}>
        {t('result.items')}
      </Typography>
      <Stack component="ol" role="list" sx={{ gap: 1, m: 0, p: 0, listStyle: 'none' }}>
        {attempt.items.map((item, index) => {
          const found = byId.get(item.id);
          return found === undefined ? null : (
            <ItemReport
              key={item.id}
              item={item}
              position={index + 1}
              answer={attempt.answers[item.id]?.response}
              result={found}
              revealed={result.revealed}
            />
          );
        })}
      </Stack>
    </Card>
  );
}
