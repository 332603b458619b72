import { Alert, Button, Stack, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../design/components/Field.tsx';
import { ConfirmDialog } from '../extensions/ConfirmDialog.tsx';
import { useWithProof } from '../security/ProofProvider.tsx';
import { type MyPrivacy, useCancelMyRequestMutation, useRequestMyErasureMutation } from './api.ts';
import { RequestProgress } from './RequestProgress.tsx';
import { Section } from './Section.tsx';
import { TEXTS } from './texts.ts';
import { useTell } from './useTell.ts';

/** Asks once more, and for the address as the person writes it. */
function ErasureDialog({ mine, onClose }: { readonly mine: MyPrivacy; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const tell = useTell();
  const withProof = useWithProof();
  const [confirmation, setConfirmation] = useState('');
  const [ask, { isLoading, error }] = useRequestMyErasureMutation();
  const confirm = async (): Promise<void> => {
    if (tell(await withProof(() => ask({ confirmation })), t('erasure_begun'))) onClose();
  };
  return (
    <ConfirmDialog
      title={t('erasure_title')}
      action={t('erasure_confirm')}
      stops
      busy={isLoading}
      problem={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Stack sx={{ gap: 2.5 }}>
        <Typography>{t('erasure_text', { count: mine.grace_days })}</Typography>
        <Field
          label={t('erasure_type', { email: mine.email })}
          value={confirmation}
          autoComplete="off"
          onChange={(event) => setConfirmation(event.target.value)}
        />
      </Stack>
    </ConfirmDialog>
  );
}

/** The way out, with everything. */
export function ErasurePanel({ mine }: { readonly mine: MyPrivacy }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const tell = useTell();
  const [asking, setAsking] = useState(false);
  const [cancel, { isLoading }] = useCancelMyRequestMutation();
  const open = mine.requests.find(({ kind, state }) => kind === 'erasure' && ['waiting', 'held', 'running'].includes(state));
  return (
    <Section title={t('erasure')} lead={t('erasure_lead')}>
      {open === undefined && (
        <Button variant="outlined" color="error" onClick={() => setAsking(true)}>
          {t('erasure_ask')}
        </Button>
      )}
      {open?.state === 'running' && <RequestProgress step={open.step} done={open.done} total={open.total} />}
      {open !== undefined && open.state !== 'running' && (
        <Stack sx={{ gap: 2, alignItems: 'flex-start' }}>
          <Alert severity="warning" sx={{ width: '100%' }}>
            {open.state === 'held' ? t('erasure_held') : t('erasure_due', { time: format.dateTime(open.due_at) })}
          </Alert>
          <Button
            variant="contained"
            loading={isLoading}
            onClick={() => void cancel(open.id).then((answer) => tell(answer, t('erasure_cancelled')))}
          >
            {t('erasure_cancel')}
          </Button>
        </Stack>
      )}
      {asking && <ErasureDialog mine={mine} onClose={() => setAsking(false)} />}
    </Section>
  );
}
