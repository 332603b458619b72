import { TextField, Typography } from '@mui/material';
import { isApiProblem, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wrongOnes } from './SeatAssignDialog.tsx';
import { type Seat, type SeatInvitation, type Seats, usePaymentsReassignSeatMutation } from './seatsApi.ts';

interface SeatReassignDialogProps {
  readonly seats: Seats;
  readonly seat: Seat;
  readonly name: string;
  readonly onInvited: (invitation: SeatInvitation) => void;
  readonly onClose: () => void;
}

/** Takes a seat from one person and invites another to it. */
export function SeatReassignDialog({ seats, seat, name, onInvited, onClose }: SeatReassignDialogProps): ReactNode {
  const { t } = useTranslation('payments');
  const notify = useNotify();
  const message = useProblemMessage();
  const [reassign, { isLoading, error }] = usePaymentsReassignSeatMutation();
  const [email, setEmail] = useState('');
  const [tried, setTried] = useState(false);
  const wanted = email.trim().toLowerCase();
  const wrong = wanted === '' ? t('seats.give.needed') : wrongOnes([wanted]).length > 0 ? t('seats.give.wrong') : undefined;
  const onSave = async (): Promise<string | undefined> => {
    setTried(true);
    if (wrong !== undefined) return 'email';
    const answer = await reassign({ pool: seats.id, seat: seat.id, email: wanted });
    if (answer.error !== undefined) return undefined;
    notify({ message: t('seats.assign.done', { count: 1 }), severity: 'success' });
    onInvited(answer.data);
    onClose();
    return undefined;
  };
  const known = isApiProblem(error) && ['has_seat', 'no_seat'].includes(error.code) ? t(`seats.problems.${error.code}`) : undefined;
  return (
    <FormDialog title={t('seats.give.title', { name })} busy={isLoading} problem={known ?? (error === undefined ? undefined : message(error))} onSave={onSave} onClose={onClose}>
      <Typography>{t('seats.give.detail', { name })}</Typography>
      <TextField
        name="email"
        type="email"
        label={t('seats.give.email')}
        value={email}
        autoFocus
        error={tried && wrong !== undefined}
        helperText={tried ? wrong : undefined}
        onChange={(event) => setEmail(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 254 } }}
      />
    </FormDialog>
  );
}
