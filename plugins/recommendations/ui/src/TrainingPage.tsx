import { Button, Card, LinearProgress, Stack, Typography } from '@mui/material';
import {
  EmptyState,
  ErrorState,
  LoadingState,
  Page,
  PageHeader,
  useFormat,
  useNotify,
  useProblemMessage,
} from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import contributions from '../contributions.ts';
import {
  type Training,
  useRecommendationsGetTrainingQuery,
  useRecommendationsStartTrainingMutation,
} from './api.ts';

const POLL_MILLISECONDS = 3000;

function isOver(training: Training): boolean {
  return training.state === 'done' || training.state === 'replaced';
}

function Status({ training }: { readonly training: Training }): ReactNode {
  const { t } = useTranslation('recommendations');
  const format = useFormat();
  const share = training.learners === 0 ? 0 : (100 * training.scored) / training.learners;
  const facts = [
    [t('started'), format.dateTime(training.started_at)],
    [t('finished'), training.finished_at === null ? t('not_yet') : format.dateTime(training.finished_at)],
    [t('texts'), t(training.texts === 'embeddings' ? 'by_embeddings' : 'by_words')],
    [t('lessons'), format.number(training.lessons)],
    [t('learners'), format.number(training.learners)],
    [t('completions'), format.number(training.completions)],
  ] as const;
  return (
    <Card sx={{ p: { xs: 2.5, sm: 3 } }}>
      <Typography variant="h4" component="h2" aria-live="polite">
        {t(`state.${training.state}`)}
      </Typography>
      {!isOver(training) && (
        <LinearProgress
          variant={training.state === 'scoring' ? 'determinate' : 'indeterminate'}
          value={share}
          aria-label={t('progress')}
          sx={{ mt: 2 }}
        />
      )}
      <Stack component="dl" sx={{ gap: 1, mt: 2, mb: 0 }}>
        {facts.map(([name, value]) => (
          <Stack key={name} direction="row" sx={{ gap: 2, justifyContent: 'space-between', maxWidth: 480 }}>
            <Typography component="dt" color="textSecondary">
              {name}
            </Typography>
            <Typography component="dd" sx={{ m: 0, textAlign: 'end', fontVariantNumeric: 'tabular-nums' }}>
              {value}
            </Typography>
          </Stack>
        ))}
      </Stack>
    </Card>
  );
}

/** For admins: how old the recommendations are, and making them anew. */
export default function TrainingPage(): ReactNode {
  const { t } = useTranslation('recommendations');
  const notify = useNotify();
  const problemMessage = useProblemMessage();
  const { data, error, refetch } = useRecommendationsGetTrainingQuery(undefined, { pollingInterval: POLL_MILLISECONDS });
  const [start, { isLoading }] = useRecommendationsStartTrainingMutation();
  async function train(): Promise<void> {
    const answer = await start();
    if (answer.error !== undefined) notify({ message: problemMessage(answer.error), severity: 'error' });
  }
  const action = (
    <Button variant="contained" loading={isLoading} onClick={() => void train()}>
      {t('train')}
    </Button>
  );
  return (
    <Page title={t('title')} maxWidth="md">
      <PageHeader title={t('title')} description={t('lead')} actions={action} />
      {error !== undefined && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === undefined && data === undefined && <LoadingState lines={2} height={120} />}
      {data?.training === null && (
        <EmptyState icon={contributions.navigation[0].icon} title={t('never_title')} description={t('never_text')} />
      )}
      {data !== undefined && data.training !== null && <Status training={data.training} />}
    </Page>
  );
}
