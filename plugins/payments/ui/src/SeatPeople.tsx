import { Box, Button, Chip, MenuItem, TextField, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { Part } from './OrderDetails.tsx';
import { Pager } from './Pager.tsx';
import { SeatReassignDialog } from './SeatReassignDialog.tsx';
import { SEAT_STATES, type Seat, type SeatInvitation, type Seats, usePaymentsInviteToSeatAgainMutation, usePaymentsListSeatPeopleQuery, usePaymentsTakeSeatBackMutation } from './seatsApi.ts';
import { usePaging } from './usePaging.ts';

const COLOURS = { invited: 'info', taken: 'success', revoked: 'default' } as const;

interface SeatPeopleProps {
  readonly seats: Seats;
  readonly onInvited: (invitation: SeatInvitation) => void;
}

interface SeatRowProps {
  readonly seat: Seat;
  readonly children: ReactNode;
}

function SeatRow({ seat, children }: SeatRowProps): ReactNode {
  const { t } = useTranslation('payments');
  const format = useFormat();
  const when = {
    invited: t('seats.people.until', { date: format.date(seat.expires_at ?? seat.assigned_at) }),
    taken: t(seat.by_code ? 'seats.people.since_by_code' : 'seats.people.since', { date: format.date(seat.taken_at ?? seat.assigned_at) }),
    revoked: t('seats.people.ended', { date: format.date(seat.ended_at ?? seat.assigned_at) }),
  };
  return (
    <Box component="li" sx={{ display: 'grid', gap: 1, py: 1.5, borderTop: '1px solid var(--ql-color-line)', '&:first-of-type': { borderTop: 0 } }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, justifyContent: 'space-between', alignItems: 'start' }}>
        <Box sx={{ minWidth: 0 }}>
          <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{seatName(seat) ?? t('seats.people.gone')}</Typography>
          <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            {[seat.person === null ? '' : (seat.email ?? ''), when[seat.state]].filter(Boolean).join(' · ')}
          </Typography>
        </Box>
        <Box sx={{ display: 'flex', gap: 0.5 }}>
          {seat.state !== 'revoked' && !seat.seated && <Chip size="small" color="warning" label={t('seats.people.unseated')} />}
          <Chip size="small" color={COLOURS[seat.state]} variant={seat.state === 'revoked' ? 'outlined' : 'filled'} label={t(`seats.states.${seat.state}`)} />
        </Box>
      </Box>
      {children}
    </Box>
  );
}

function seatName(seat: Seat): string | undefined {
  return seat.person?.display_name ?? seat.email ?? undefined;
}

/** Who was given a seat, searched and by state, with what the buyer can do about each. */
export function SeatPeople({ seats, onInvited }: SeatPeopleProps): ReactNode {
  const { t } = useTranslation('payments');
  const notify = useNotify();
  const message = useProblemMessage();
  const paging = usePaging();
  const [search, setSearch] = useState('');
  const [state, setState] = useState('');
  const [taking, setTaking] = useState<Seat>();
  const [giving, setGiving] = useState<Seat>();
  const searched = useDeferredValue(search.trim());
  const { data, error, refetch } = usePaymentsListSeatPeopleQuery({ pool: seats.id, ...paging.params, ...(searched === '' ? {} : { search: searched }), ...(state === '' ? {} : { state }) });
  const [takeBack, takingBack] = usePaymentsTakeSeatBackMutation();
  const [again, sending] = usePaymentsInviteToSeatAgainMutation();
  const ask = (set: () => void): void => {
    paging.reset();
    set();
  };
  const onTake = async (seat: Seat): Promise<void> => {
    const answer = await takeBack({ pool: seats.id, seat: seat.id });
    if (answer.error !== undefined) return;
    setTaking(undefined);
    notify({ message: t('seats.take.done'), severity: 'success' });
  };
  const onAgain = async (seat: Seat): Promise<void> => {
    const answer = await again({ pool: seats.id, seat: seat.id });
    if (answer.data === undefined) {
      notify({ message: message(answer.error), severity: 'error' });
      return;
    }
    onInvited(answer.data);
    notify({ message: t('seats.people.sent'), severity: 'success' });
  };
  return (
    <Part id="payments-seat-people" title={t('seats.people.title')}>
      <Box sx={{ display: 'grid', gap: 2, mb: 1, gridTemplateColumns: { xs: '1fr', sm: 'minmax(0, 1fr) 180px' } }}>
        <TextField size="small" type="search" label={t('seats.people.search')} value={search} onChange={(event) => ask(() => setSearch(event.target.value))} slotProps={{ htmlInput: { maxLength: 100 } }} />
        <TextField select size="small" label={t('seats.people.state')} value={state} onChange={(event) => ask(() => setState(event.target.value))} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
          <MenuItem value="">{t('seats.people.all')}</MenuItem>
          {SEAT_STATES.map((each) => (
            <MenuItem key={each} value={each}>
              {t(`seats.states.${each}`)}
            </MenuItem>
          ))}
        </TextField>
      </Box>
      {data === undefined && (error === undefined ? <LoadingState lines={3} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {data?.items.length === 0 && <EmptyState role="status" title={t(searched === '' && state === '' ? 'seats.people.none' : 'seats.people.none_found')} />}
      {data !== undefined && data.items.length > 0 && (
        <Box component="ul" aria-labelledby="payments-seat-people" sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {data.items.map((seat) => (
            <SeatRow key={seat.id} seat={seat}>
              {seats.mine && seat.state !== 'revoked' && (
                <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
                  {seat.state === 'invited' && (
                    <Button size="small" variant="outlined" disabled={sending.isLoading} aria-label={t('seats.people.again_named', { name: seatName(seat) })} onClick={() => void onAgain(seat)}>
                      {t('seats.people.again')}
                    </Button>
                  )}
                  <Button size="small" variant="outlined" aria-label={t('seats.give.named', { name: seatName(seat) })} onClick={() => setGiving(seat)}>
                    {t('seats.give.open')}
                  </Button>
                  <Button
                    size="small"
                    variant="outlined"
                    color="error"
                    aria-label={t('seats.take.named', { name: seatName(seat) })}
                    onClick={() => {
                      takingBack.reset();
                      setTaking(seat);
                    }}
                  >
                    {t('seats.take.open')}
                  </Button>
                </Box>
              )}
            </SeatRow>
          ))}
        </Box>
      )}
      <Pager paging={paging} next={data?.next_cursor} />
      {taking !== undefined && (
        <ConfirmDialog
          title={t('seats.take.title', { name: seatName(taking) })}
          detail={t(taking.state === 'taken' ? 'seats.take.detail' : 'seats.take.detail_invited')}
          action={t('seats.take.open')}
          keep={t('subscriptions.back')}
          busy={takingBack.isLoading}
          problem={takingBack.error === undefined ? undefined : message(takingBack.error)}
          onConfirm={() => void onTake(taking)}
          onClose={() => setTaking(undefined)}
        />
      )}
      {giving !== undefined && <SeatReassignDialog seats={seats} seat={giving} name={seatName(giving) ?? ''} onInvited={onInvited} onClose={() => setGiving(undefined)} />}
    </Part>
  );
}
