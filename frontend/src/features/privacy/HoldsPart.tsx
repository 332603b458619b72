import { Box, Button, Card, Chip, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../design/components/Field.tsx';
import { border, color } from '../../design/theme/tokens.ts';
import { useWithProof } from '../security/ProofProvider.tsx';
import { type HoldCard, useLiftLegalHoldMutation, useListLegalHoldsQuery, useSetLegalHoldMutation } from './api.ts';
import { FormDialog } from './FormDialog.tsx';
import { TEXTS } from './texts.ts';
import { useTell } from './useTell.ts';

const ICON = 'M18 8h-1V6A5 5 0 0 0 7 6v2H6a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V10a2 2 0 0 0-2-2M9 6a3 3 0 0 1 6 0v2H9z';

function NewHold({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const tell = useTell();
  const withProof = useWithProof();
  const [email, setEmail] = useState('');
  const [reason, setReason] = useState('');
  const [set, { isLoading, error }] = useSetLegalHoldMutation();
  const submit = async (): Promise<void> => {
    if (tell(await withProof(() => set({ email, reason })), t('hold_set'))) onClose();
  };
  return (
    <FormDialog title={t('hold_new')} text={t('hold_new_text')} action={t('hold_new')} busy={isLoading} problem={error} onSubmit={submit} onClose={onClose}>
      <Field label={t('request_email')} type="email" required value={email} onChange={(event) => setEmail(event.target.value)} />
      <Field label={t('hold_reason')} required value={reason} onChange={(event) => setReason(event.target.value)} />
    </FormDialog>
  );
}

function LiftHold({ hold, onClose }: { readonly hold: HoldCard; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const tell = useTell();
  const withProof = useWithProof();
  const [reason, setReason] = useState('');
  const [lift, { isLoading, error }] = useLiftLegalHoldMutation();
  const submit = async (): Promise<void> => {
    if (tell(await withProof(() => lift({ holdId: hold.id, liftHold: { reason } })), t('hold_lifted'))) onClose();
  };
  return (
    <FormDialog
      title={t('hold_lift_title', { name: hold.person.display_name })}
      text={t('hold_lift_text')}
      action={t('hold_lift')}
      busy={isLoading}
      problem={error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('hold_reason')} required value={reason} onChange={(event) => setReason(event.target.value)} />
    </FormDialog>
  );
}

function HoldRow({ hold, onLift }: { readonly hold: HoldCard; readonly onLift: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const lifted = hold.lifted_at;
  return (
    <Stack component="li" direction={{ xs: 'column', sm: 'row' }} sx={{ p: 2, gap: 2, alignItems: { sm: 'center' } }}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography sx={{ fontWeight: 600 }}>{hold.person.display_name}</Typography>
        <Typography variant="body2" sx={{ color: color('muted'), overflowWrap: 'anywhere' }}>
          {`${hold.person.email} · ${t('hold_since', { time: format.date(hold.set_at) })}`}
        </Typography>
        <Typography sx={{ mt: 0.5 }}>{hold.reason}</Typography>
      </Box>
      {lifted === null ? (
        <Button variant="outlined" onClick={onLift}>
          {t('hold_lift')}
        </Button>
      ) : (
        <Chip size="small" label={t('hold_lifted_on', { time: format.date(lifted) })} />
      )}
    </Stack>
  );
}

/** Whose data must be kept, and why. */
export default function HoldsPart(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { data, error, refetch } = useListLegalHoldsQuery();
  const [making, setMaking] = useState(false);
  const [lifting, setLifting] = useState<HoldCard | null>(null);
  const set = (
    <Button variant="contained" onClick={() => setMaking(true)} sx={{ alignSelf: 'flex-start' }}>
      {t('hold_new')}
    </Button>
  );
  return (
    <Stack sx={{ gap: 2.5 }}>
      {data === undefined && error === undefined && <LoadingState lines={3} height={80} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.holds.length === 0 && (
        <EmptyState role="status" icon={ICON} title={t('holds_none')} description={t('holds_none_detail')} action={set} />
      )}
      {data !== undefined && data.holds.length > 0 && (
        <>
          {set}
          <Card component="ul" sx={{ m: 0, p: 0, listStyle: 'none', '& > li + li': { borderTop: border() } }}>
            {data.holds.map((each) => (
              <HoldRow key={each.id} hold={each} onLift={() => setLifting(each)} />
            ))}
          </Card>
        </>
      )}
      {making && <NewHold onClose={() => setMaking(false)} />}
      {lifting !== null && <LiftHold hold={lifting} onClose={() => setLifting(null)} />}
    </Stack>
  );
}
