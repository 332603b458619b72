import { Alert, Box, Button, TextField, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QUOTE } from '../look.ts';
import type { Answer, Appeal } from '../types.ts';
import { useProblemText } from '../useProblemText.ts';
import { useAiLabAppealMutation, useAiLabWithdrawAppealMutation } from './api.ts';

interface AppealBoxProps {
  readonly exercise: string;
  readonly answer: Answer<unknown>;
}

function Standing({ appeal }: { readonly appeal: Appeal }): ReactNode {
  const { t } = useTranslation('ai_lab');
  const format = useFormat();
  if (appeal.decided_at === null || appeal.score === null) return <Alert severity="info">{t('appeal.waits', { when: format.date(appeal.appealed_at) })}</Alert>;
  const kept = appeal.score === appeal.graded;
  return (
    <Alert severity={kept ? 'info' : 'success'}>
      {t(kept ? 'appeal.kept' : 'appeal.changed', { score: appeal.score, graded: appeal.graded })}
      <Box sx={{ mt: 0.5, whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{appeal.comment}</Box>
    </Alert>
  );
}

function Form({ exercise, answer, onDone }: AppealBoxProps & { readonly onDone: () => void }): ReactNode {
  const { t } = useTranslation('ai_lab');
  const problem = useProblemText();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [appeal, { error, isLoading }] = useAiLabAppealMutation();
  const missing = tried && reason.trim() === '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== '') void appeal({ exercise, answer: answer.id, reason });
  };
  return (
    <Box component="form" noValidate onSubmit={submit} sx={{ display: 'grid', gap: 1.5 }}>
      <TextField
        label={t('appeal.reason')}
        value={reason}
        required
        autoFocus
        multiline
        minRows={3}
        error={missing}
        helperText={t(missing ? 'appeal.needed' : 'appeal.hint')}
        slotProps={{ htmlInput: { maxLength: 2000 } }}
        onChange={(event) => setReason(event.target.value)}
      />
      {error !== undefined && <Alert severity="error">{problem(error)}</Alert>}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Button type="submit" variant="contained" loading={isLoading}>
          {t('appeal.send')}
        </Button>
        <Button onClick={onDone}>{t('appeal.cancel')}</Button>
      </Box>
    </Box>
  );
}

/** Where a learner disagrees with a score, and reads what came of it. */
export function AppealBox({ exercise, answer }: AppealBoxProps): ReactNode {
  const { t } = useTranslation('ai_lab');
  const problem = useProblemText();
  const [open, setOpen] = useState(false);
  const [withdraw, { error, isLoading }] = useAiLabWithdrawAppealMutation();
  const { appeal } = answer;
  if (appeal === null) {
    if (open) return <Form exercise={exercise} answer={answer} onDone={() => setOpen(false)} />;
    return (
      <Button variant="text" onClick={() => setOpen(true)} sx={{ justifySelf: 'start' }}>
        {t('appeal.disagree')}
      </Button>
    );
  }
  const take = async (): Promise<void> => {
    await withdraw({ exercise, answer: answer.id });
    setOpen(false);
  };
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      <Standing appeal={appeal} />
      <Box component="details">
        <Box component="summary" sx={{ cursor: 'pointer', py: 0.5 }}>
          {t('appeal.yours')}
        </Box>
        <Box sx={[QUOTE, { my: 1 }]}>{appeal.reason}</Box>
        {appeal.decided_at === null && (
          <Button size="small" loading={isLoading} onClick={() => void take()}>
            {t('appeal.withdraw')}
          </Button>
        )}
      </Box>
      {error !== undefined && <Typography color="error">{problem(error)}</Typography>}
    </Box>
  );
}
