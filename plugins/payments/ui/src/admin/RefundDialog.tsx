import { Alert, FormControlLabel, Radio, RadioGroup, TextField } from '@mui/material';
import { useNotify, useProblemMessage } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from '../ConfirmDialog.tsx';
import { minorOf, typed, useMoney } from '../money.ts';
import type { Order } from '../types.ts';
import { usePaymentsRefundMutation } from './api.ts';
import { RefundLines, linesOf } from './RefundLines.tsx';
import { useTexts } from './texts.ts';
import type { RefundInput } from './types.ts';

type Part = 'all' | 'lines' | 'amount' | 'surplus';

/** How much of an order goes back; it is asked once more before it does. */
export function RefundDialog({ order, onClose }: { readonly order: Order; readonly onClose: () => void }): ReactNode {
  const t = useTexts();
  const money = useMoney();
  const notify = useNotify();
  const message = useProblemMessage();
  const [refund, { isLoading, error, reset }] = usePaymentsRefundMutation();
  const [part, setPart] = useState<Part>(order.refundable > 0 ? 'all' : 'surplus');
  const [text, setText] = useState(typed(order.refundable, order.exponent));
  const [parts, setParts] = useState<Readonly<Record<string, string>>>({});
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const amount = minorOf(text, order.exponent);
  const lines = linesOf(order, parts);
  const sum = lines?.reduce((all, each) => all + each.amount, 0);
  const asked = part === 'lines' ? sum : amount;
  const wrong = (part === 'amount' || part === 'lines') && (asked === undefined || asked === 0 || asked > order.refundable);
  const total = part === 'surplus' ? order.surplus : part === 'all' ? order.refundable : (asked ?? 0);
  const onSave = (): Promise<string | undefined> => {
    setTried(true);
    setAsking(!wrong);
    return Promise.resolve(wrong ? (part === 'lines' ? `line-${order.lines[0]?.id ?? ''}` : 'amount') : undefined);
  };
  const confirm = async (): Promise<void> => {
    const input: RefundInput = { amount: part === 'amount' ? total : null, lines: part === 'lines' ? (lines ?? null) : null, surplus: part === 'surplus', reason: reason.trim() };
    const answer = await refund({ id: order.id, key, input });
    if (answer.error !== undefined) return;
    notify({ message: t('admin.refund.done', { amount: money(total, order) }), severity: 'success' });
    onClose();
  };
  if (asking) {
    return (
      <ConfirmDialog
        title={t('admin.refund.ask', { amount: money(total, order) })}
        detail={t(part === 'surplus' ? 'admin.refund.ask_surplus' : total === order.refundable ? 'admin.refund.ask_all' : 'admin.refund.ask_part', {
          name: order.buyer?.display_name ?? order.number,
        })}
        action={t('admin.refund.confirm')}
        keep={t('admin.refund.back')}
        busy={isLoading}
        problem={error === undefined ? undefined : message(error)}
        onConfirm={() => void confirm()}
        onClose={() => {
          reset();
          setAsking(false);
        }}
      />
    );
  }
  return (
    <FormDialog title={t('admin.refund.title', { number: order.number })} busy={false} problem={undefined} onSave={onSave} onClose={onClose}>
      <RadioGroup aria-label={t('admin.refund.how_much')} value={part} onChange={(_, value) => setPart(value as Part)}>
        {order.refundable > 0 && <FormControlLabel value="all" control={<Radio />} label={t('admin.refund.all', { amount: money(order.refundable, order) })} />}
        {order.refundable > 0 && order.lines.length > 1 && <FormControlLabel value="lines" control={<Radio />} label={t('admin.refund.lines')} />}
        {order.refundable > 0 && <FormControlLabel value="amount" control={<Radio />} label={t('admin.refund.part')} />}
        {order.surplus > 0 && <FormControlLabel value="surplus" control={<Radio />} label={t('admin.refund.surplus', { amount: money(order.surplus, order) })} />}
      </RadioGroup>
      {part === 'lines' && <RefundLines order={order} parts={parts} wrong={tried && wrong} onChange={setParts} />}
      {part === 'amount' && (
        <TextField
          name="amount"
          label={t('admin.refund.amount', { currency: order.currency })}
          value={text}
          error={tried && wrong}
          helperText={t(tried && wrong ? 'admin.refund.amount_wrong' : 'admin.refund.amount_hint', { amount: money(order.refundable, order) })}
          onChange={(event) => setText(event.target.value)}
          slotProps={{ htmlInput: { inputMode: 'decimal' } }}
        />
      )}
      <TextField name="reason" label={t('admin.refund.reason')} helperText={t('admin.refund.reason_hint')} value={reason} multiline onChange={(event) => setReason(event.target.value)} slotProps={{ htmlInput: { maxLength: 500 } }} />
      {part !== 'surplus' && <Alert severity="info">{t('admin.refund.takes')}</Alert>}
    </FormDialog>
  );
}
