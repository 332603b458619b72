import { Alert, Box, Button, Card, Link, Stack, TextField, Typography } from '@mui/material';
import { ErrorState, LoadingState, Page, PageHeader, useFormat, useNotify } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link as RouterLink, useParams } from 'react-router';
import { Checks } from '../Checks.tsx';
import { QUOTE } from '../look.ts';
import { useTexts } from '../pages/texts.ts';
import { useProblemText } from '../useProblemText.ts';
import { type AppealDetail, useAiLabDecideAppealMutation, useAiLabGetAppealQuery } from './api.ts';
import { ScoreChip } from './AppealsPage.tsx';

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <Box component="section">
      <Typography variant="h4" component="h2" sx={{ mb: 1 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}

function Evidence({ result: { checks, criteria } }: Pick<AppealDetail, 'result'>): ReactNode {
  const t = useTexts();
  return (
    <Stack sx={{ gap: 2 }}>
      {criteria?.map(({ title, level, quote }) => (
        <Box key={title}>
          <Typography sx={{ fontWeight: 'var(--ql-font-weight-strong)' }}>{t('admin.appeals.level', { title, level })}</Typography>
          {quote !== '' && (
            <Box component="blockquote" sx={{ m: 0, pl: 1.5, borderLeft: '3px solid var(--ql-color-line)', overflowWrap: 'anywhere' }}>
              {quote}
            </Box>
          )}
        </Box>
      ))}
      {checks !== undefined && checks.length > 0 && <Checks checks={checks} />}
    </Stack>
  );
}

function DecisionForm({ id, graded }: { readonly id: string; readonly graded: number }): ReactNode {
  const t = useTexts();
  const notify = useNotify();
  const problem = useProblemText();
  const [score, setScore] = useState(String(graded));
  const [comment, setComment] = useState('');
  const [tried, setTried] = useState(false);
  const [decide, { error, isLoading }] = useAiLabDecideAppealMutation();
  const wrong = { score: !/^\d{1,3}$/u.test(score.trim()) || Number(score) > 100, comment: comment.trim() === '' };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (wrong.score || wrong.comment) return;
    const answer = await decide({ id, score: Number(score), comment });
    if (answer.error === undefined) notify({ message: t('admin.appeals.done'), severity: 'success' });
  };
  return (
    <Box component="form" noValidate onSubmit={(event) => void submit(event)} sx={{ display: 'grid', gap: 2 }}>
      <TextField
        label={t('admin.appeals.score')}
        value={score}
        error={tried && wrong.score}
        helperText={tried && wrong.score ? t('admin.appeals.score_wrong') : t('admin.appeals.score_hint', { score: graded })}
        sx={{ maxWidth: 260 }}
        slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 3 } }}
        onChange={(event) => setScore(event.target.value)}
      />
      <TextField
        label={t('admin.appeals.comment')}
        value={comment}
        required
        multiline
        minRows={3}
        error={tried && wrong.comment}
        helperText={tried && wrong.comment ? t('admin.library.needed') : t('admin.appeals.final')}
        slotProps={{ htmlInput: { maxLength: 2000 } }}
        onChange={(event) => setComment(event.target.value)}
      />
      {error !== undefined && <Alert severity="error">{problem(error)}</Alert>}
      <Button type="submit" variant="contained" loading={isLoading} sx={{ justifySelf: 'start' }}>
        {t('admin.appeals.decide')}
      </Button>
    </Box>
  );
}

function Detail({ detail }: { readonly detail: AppealDetail }): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const { card, brief, guidance, text, output, result } = detail;
  const { appeal } = card;
  return (
    <Card sx={{ p: { xs: 2, sm: 3 }, display: 'grid', gap: 3 }}>
      <Part title={t('admin.appeals.reason')}>
        <Box sx={QUOTE}>{appeal.reason}</Box>
      </Part>
      <Part title={t('admin.appeals.brief')}>
        <Box sx={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{brief}</Box>
      </Part>
      <Part title={t(card.kind === 'prompt' ? 'admin.appeals.prompt_text' : 'admin.appeals.revision_text')}>
        <Box sx={QUOTE}>{text}</Box>
      </Part>
      {output !== null && (
        <Part title={t('admin.appeals.output')}>
          <Box sx={QUOTE}>{output}</Box>
        </Part>
      )}
      <Part title={t('admin.appeals.evidence')}>
        <Evidence result={result} />
      </Part>
      {guidance.length > 0 && (
        <Part title={t('admin.appeals.guidance')}>
          <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
            {guidance.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </Box>
        </Part>
      )}
      <Part title={t('admin.appeals.decision')}>
        {appeal.decided_at === null ? (
          <DecisionForm id={card.id} graded={appeal.graded} />
        ) : (
          <Alert severity="success">
            {t('admin.appeals.result', { when: format.dateTime(appeal.decided_at) })}
            <Box sx={{ mt: 0.5, whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{appeal.comment}</Box>
          </Alert>
        )}
      </Part>
    </Card>
  );
}

/** An appeal with its evidence, for somebody to decide on. */
export default function AppealPage(): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const { id = '' } = useParams();
  const { data, error, refetch } = useAiLabGetAppealQuery(id);
  const card = data?.card;
  const title = card?.exercise ?? t('admin.appeals.title');
  const lead = card && t('admin.appeals.by', { learner: card.learner === '' ? t('admin.appeals.somebody') : card.learner, when: format.dateTime(card.appeal.appealed_at) });
  return (
    <Page title={title} maxWidth="md">
      <Link component={RouterLink} to="/x/ai_lab/appeals">
        {t('admin.appeals.back')}
      </Link>
      <PageHeader title={title} {...(lead === undefined ? {} : { description: lead })} actions={card && <ScoreChip appeal={card.appeal} />} />
      {data === undefined && (error === undefined ? <LoadingState lines={6} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {data !== undefined && <Detail detail={data} />}
    </Page>
  );
}
