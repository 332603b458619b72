import { TextField } from '@mui/material';
import { isApiProblem, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SeatInvitation, type Seats, usePaymentsAssignSeatsMutation } from './seatsApi.ts';

interface SeatAssignDialogProps {
  readonly seats: Seats;
  readonly onInvited: (invitations: readonly SeatInvitation[]) => void;
  readonly onClose: () => void;
}

const MOST = 200;
const ADDRESS = /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/u;

/** The addresses in what was pasted: one a line, or between commas and semicolons, each once. */
export function addresses(text: string): readonly string[] {
  const found = text.split(/[\n,;]/u).map((each) => each.trim().toLowerCase());
  return [...new Set(found.filter((each) => each !== ''))];
}

/** Those of the addresses that are none. */
export const wrongOnes = (emails: readonly string[]): readonly string[] => emails.filter((each) => !ADDRESS.test(each));

/** Invites one person or many pasted ones to seats. */
export function SeatAssignDialog({ seats, onInvited, onClose }: SeatAssignDialogProps): ReactNode {
  const { t } = useTranslation('payments');
  const notify = useNotify();
  const message = useProblemMessage();
  const [assign, { isLoading, error }] = usePaymentsAssignSeatsMutation();
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const emails = addresses(text);
  const wrong = wrongOnes(emails);
  const problem = (): string | undefined => {
    if (emails.length === 0) return t('seats.assign.needed');
    if (wrong.length > 0) return t('seats.assign.wrong', { count: wrong.length, emails: wrong.slice(0, 5).join(', ') });
    const most = Math.min(seats.free, MOST);
    return emails.length > most ? t('seats.assign.too_many', { count: emails.length, free: most }) : undefined;
  };
  const onSave = async (): Promise<string | undefined> => {
    setTried(true);
    if (problem() !== undefined) return 'emails';
    const answer = await assign({ pool: seats.id, emails });
    if (answer.error !== undefined) return undefined;
    const { items } = answer.data;
    notify({ message: t('seats.assign.done', { count: items.filter(({ outcome }) => outcome === 'invited').length }), severity: 'success' });
    onInvited(items);
    onClose();
    return undefined;
  };
  const refused = isApiProblem(error) && error.code === 'no_seat' ? t('seats.problems.no_seat') : error === undefined ? undefined : message(error);
  return (
    <FormDialog title={t('seats.assign.title')} busy={isLoading} problem={refused} onSave={onSave} onClose={onClose}>
      <TextField
        name="emails"
        label={t('seats.assign.emails')}
        value={text}
        multiline
        minRows={4}
        maxRows={12}
        autoFocus
        error={tried && problem() !== undefined}
        helperText={(tried ? problem() : undefined) ?? t('seats.assign.hint', { count: seats.free })}
        onChange={(event) => setText(event.target.value)}
        slotProps={{ htmlInput: { spellCheck: false, autoCapitalize: 'none' } }}
      />
    </FormDialog>
  );
}
