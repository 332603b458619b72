import { Alert, AlertTitle, Box, Button, Chip, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { Part } from './OrderDetails.tsx';
import { Pager } from './Pager.tsx';
import { SeatCodeDialog } from './SeatCodeDialog.tsx';
import { type SeatCode, type Seats, usePaymentsListSeatCodesQuery, usePaymentsRevokeSeatCodeMutation } from './seatsApi.ts';
import { usePaging } from './usePaging.ts';

const COLOURS = { active: 'success', used_up: 'default', expired: 'default', revoked: 'default' } as const;

/** Codes that take seats: made, shown once, and taken back. */
export function SeatCodes({ seats }: { readonly seats: Seats }): ReactNode {
  const { t } = useTranslation('payments');
  const format = useFormat();
  const message = useProblemMessage();
  const paging = usePaging();
  const { data, error, refetch } = usePaymentsListSeatCodesQuery({ pool: seats.id, ...paging.params });
  const [revoke, revoking] = usePaymentsRevokeSeatCodeMutation();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string>();
  const [asked, setAsked] = useState<SeatCode>();
  const onRevoke = async (code: SeatCode): Promise<void> => {
    const answer = await revoke({ pool: seats.id, code: code.id });
    if (answer.error === undefined) setAsked(undefined);
  };
  return (
    <Part id="payments-seat-codes" title={t('seats.codes.title')}>
      <Typography color="textSecondary" sx={{ mb: 2 }}>
        {t('seats.codes.lead')}
      </Typography>
      {seats.mine && (
        <Button variant="outlined" onClick={() => setMaking(true)} sx={{ mb: 2 }}>
          {t('seats.codes.add')}
        </Button>
      )}
      {made !== undefined && (
        <Alert severity="success" role="status" onClose={() => setMade(undefined)} closeText={t('seats.links.close')} sx={{ mb: 2, '& .MuiAlert-message': { minWidth: 0 } }}>
          <AlertTitle component="h3">{t('seats.codes.made')}</AlertTitle>
          <Typography component="code" sx={{ fontSize: '1.1rem', fontWeight: 700, overflowWrap: 'anywhere' }}>
            {made}
          </Typography>
          <Typography variant="body2">{t('seats.codes.once', { address: `${location.origin}/x/payments/redeem` })}</Typography>
        </Alert>
      )}
      {data === undefined && (error === undefined ? <LoadingState lines={2} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {data?.items.length === 0 && made === undefined && <EmptyState role="status" title={t('seats.codes.none')} />}
      {data !== undefined && data.items.length > 0 && (
        <Box component="ul" aria-labelledby="payments-seat-codes" sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {data.items.map((code) => (
            <Box component="li" key={code.id} sx={{ display: 'grid', gap: 1, py: 1.5, borderTop: '1px solid var(--ql-color-line)', '&:first-of-type': { borderTop: 0 } }}>
              <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, justifyContent: 'space-between' }}>
                <Typography sx={{ fontWeight: 600 }}>{t('seats.codes.ends_in', { hint: code.hint })}</Typography>
                <Chip size="small" color={COLOURS[code.state]} variant={code.state === 'active' ? 'filled' : 'outlined'} label={t(`seats.codes.states.${code.state}`)} />
              </Box>
              <Typography variant="body2" color="textSecondary">
                {t('seats.codes.used', { uses: code.uses, most: code.max_uses, date: format.date(code.expires_at) })}
              </Typography>
              {seats.mine && code.state === 'active' && (
                <Button
                  size="small"
                  variant="outlined"
                  color="error"
                  aria-label={t('seats.codes.revoke_named', { hint: code.hint })}
                  onClick={() => {
                    revoking.reset();
                    setAsked(code);
                  }}
                  sx={{ justifySelf: 'start' }}
                >
                  {t('seats.codes.revoke')}
                </Button>
              )}
            </Box>
          ))}
        </Box>
      )}
      <Pager paging={paging} next={data?.next_cursor} />
      {making && <SeatCodeDialog seats={seats} onMade={setMade} onClose={() => setMaking(false)} />}
      {asked !== undefined && (
        <ConfirmDialog
          title={t('seats.codes.revoke_title', { hint: asked.hint })}
          detail={t('seats.codes.revoke_detail')}
          action={t('seats.codes.revoke')}
          keep={t('subscriptions.back')}
          busy={revoking.isLoading}
          problem={revoking.error === undefined ? undefined : message(revoking.error)}
          onConfirm={() => void onRevoke(asked)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Part>
  );
}
