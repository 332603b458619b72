import { TextField } from '@mui/material';
import { fieldError, useProblemMessage } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Seats, usePaymentsAddSeatCodeMutation } from './seatsApi.ts';

interface SeatCodeDialogProps {
  readonly seats: Seats;
  readonly onMade: (code: string) => void;
  readonly onClose: () => void;
}

const MOST = { max_uses: 1000, days: 365 } as const;

/** A whole number from one up to the most; undefined for anything else. */
function whole(text: string, most: number): number | undefined {
  const value = /^\d{1,4}$/u.test(text.trim()) ? Number(text) : 0;
  return value >= 1 && value <= most ? value : undefined;
}

/** The form of a new code. */
export function SeatCodeDialog({ seats, onMade, onClose }: SeatCodeDialogProps): ReactNode {
  const { t } = useTranslation('payments');
  const message = useProblemMessage();
  const [add, { isLoading, error }] = usePaymentsAddSeatCodeMutation();
  const [values, setValues] = useState({ max_uses: String(Math.max(seats.free, 1)), days: '30' });
  const [tried, setTried] = useState(false);
  const onSave = async (): Promise<string | undefined> => {
    setTried(true);
    const uses = whole(values.max_uses, MOST.max_uses);
    const days = whole(values.days, MOST.days);
    if (uses === undefined) return 'max_uses';
    if (days === undefined) return 'days';
    const answer = await add({ pool: seats.id, max_uses: uses, days });
    if (answer.error !== undefined) return undefined;
    onMade(answer.data.code);
    onClose();
    return undefined;
  };
  return (
    <FormDialog title={t('seats.codes.add')} busy={isLoading} problem={error === undefined ? undefined : message(error)} onSave={onSave} onClose={onClose}>
      {(['max_uses', 'days'] as const).map((name) => {
        const wrong = tried && whole(values[name], MOST[name]) === undefined;
        return (
          <TextField
            key={name}
            name={name}
            label={t(`seats.codes.${name}`)}
            value={values[name]}
            error={wrong || fieldError(error, name) !== undefined}
            helperText={wrong ? t('seats.codes.whole', { most: MOST[name] }) : (fieldError(error, name) ?? t(`seats.codes.${name}_hint`))}
            onChange={(event) => setValues({ ...values, [name]: event.target.value })}
            slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 4 } }}
          />
        );
      })}
    </FormDialog>
  );
}
