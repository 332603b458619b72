import { Box, Button, Card, Chip, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../design/components/Field.tsx';
import { border, color } from '../../design/theme/tokens.ts';
import { useWithProof } from '../security/ProofProvider.tsx';
import { type PrivacyRequestCard, useCancelPrivacyRequestMutation, useListPrivacyRequestsQuery, useMakePrivacyRequestMutation } from './api.ts';
import { FormDialog } from './FormDialog.tsx';
import { ProofDialog } from './ProofOfErasure.tsx';
import { RequestProgress } from './RequestProgress.tsx';
import { TEXTS } from './texts.ts';
import { useTell } from './useTell.ts';

const ICON = 'M12 1 3 5v6c0 5.55 3.84 10.74 9 12 5.16-1.26 9-6.45 9-12V5z';
const COLORS = { waiting: 'info', held: 'warning', running: 'info', done: 'success', failed: 'error', cancelled: 'default', expired: 'default' } as const;
const KINDS = ['export', 'erasure'] as const;

function RequestRow({ request }: { readonly request: PrivacyRequestCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const tell = useTell();
  const [proof, setProof] = useState(false);
  const [cancel, { isLoading }] = useCancelPrivacyRequestMutation();
  const open = request.state === 'waiting' || request.state === 'held';
  const facts = [
    request.person?.email,
    t('request_facts', { time: format.dateTime(request.requested_at) }),
    open && request.kind === 'erasure' ? t('request_due', { time: format.dateTime(request.due_at) }) : undefined,
    request.by_person ? undefined : t('by_admin'),
  ];
  return (
    <Stack component="li" direction={{ xs: 'column', sm: 'row' }} sx={{ p: 2, gap: 2, alignItems: { sm: 'center' } }}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center', mb: 0.5 }}>
          <Typography sx={{ fontWeight: 600 }}>{request.person?.display_name ?? t('erased_person')}</Typography>
          <Chip size="small" variant="outlined" label={t(`kind_${request.kind}`)} />
          <Chip size="small" color={COLORS[request.state]} label={t(`state_${request.state}`)} />
        </Stack>
        <Typography variant="body2" sx={{ color: color('muted'), overflowWrap: 'anywhere' }}>
          {facts.filter((fact) => fact !== undefined).join(' · ')}
        </Typography>
        {request.state === 'running' && <RequestProgress step={request.step} done={request.done} total={request.total} />}
      </Box>
      {open && (
        <Button
          variant="outlined"
          loading={isLoading}
          onClick={() => void cancel(request.id).then((answer) => tell(answer, t('request_cancelled')))}
        >
          {t('request_cancel')}
        </Button>
      )}
      {request.kind === 'erasure' && request.state === 'done' && (
        <Button variant="outlined" onClick={() => setProof(true)}>
          {t('proof')}
        </Button>
      )}
      {proof && <ProofDialog id={request.id} onClose={() => setProof(false)} />}
    </Stack>
  );
}

function NewRequest({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const tell = useTell();
  const withProof = useWithProof();
  const [email, setEmail] = useState('');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('export');
  const [make, { isLoading, error }] = useMakePrivacyRequestMutation();
  const submit = async (): Promise<void> => {
    if (tell(await withProof(() => make({ email, kind })), t('request_made'))) onClose();
  };
  return (
    <FormDialog
      title={t('request_new')}
      text={t('request_new_text')}
      action={t('begin')}
      busy={isLoading}
      problem={error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('request_email')} type="email" required value={email} onChange={(event) => setEmail(event.target.value)} />
      <TextField select label={t('request_kind')} value={kind} onChange={({ target }) => setKind(target.value === 'erasure' ? 'erasure' : 'export')}>
        {KINDS.map((each) => (
          <MenuItem key={each} value={each}>
            {t(`kind_${each}`)}
          </MenuItem>
        ))}
      </TextField>
    </FormDialog>
  );
}

/** What people asked for, and what became of it. */
export default function RequestsPart(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { data, error, refetch } = useListPrivacyRequestsQuery({ limit: 100 });
  const [making, setMaking] = useState(false);
  const begin = (
    <Button variant="contained" onClick={() => setMaking(true)}>
      {t('request_new')}
    </Button>
  );
  return (
    <Stack sx={{ gap: 2.5 }}>
      {data === undefined && error === undefined && <LoadingState lines={4} height={80} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && (
        <EmptyState role="status" icon={ICON} title={t('requests_none')} description={t('requests_none_detail')} action={begin} />
      )}
      {data !== undefined && data.items.length > 0 && (
        <>
          <Box>{begin}</Box>
          <Card component="ul" sx={{ m: 0, p: 0, listStyle: 'none', '& > li + li': { borderTop: border() } }}>
            {data.items.map((each) => (
              <RequestRow key={each.id} request={each} />
            ))}
          </Card>
        </>
      )}
      {making && <NewRequest onClose={() => setMaking(false)} />}
    </Stack>
  );
}
