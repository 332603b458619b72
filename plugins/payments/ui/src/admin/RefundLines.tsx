import { TextField } from '@mui/material';
import type { ReactNode } from 'react';
import { minorOf, useMoney } from '../money.ts';
import type { Order } from '../types.ts';
import { useTexts } from './texts.ts';
import type { RefundInput } from './types.ts';

type Parts = Readonly<Record<string, string>>;

/** What was typed for each line, in minor units; undefined where something is no amount, or more than is left. */
export function linesOf(order: Order, parts: Parts): NonNullable<RefundInput['lines']> | undefined {
  const found = order.lines
    .filter(({ id }) => (parts[id] ?? '').trim() !== '')
    .map((line) => ({ line_id: line.id, amount: minorOf(parts[line.id] ?? '', order.exponent), left: line.total - line.refunded }));
  const amounts = found.flatMap(({ line_id, amount, left }) => (amount === undefined || amount > left ? [] : [{ line_id, amount }]));
  return amounts.length === found.length ? amounts.filter(({ amount }) => amount > 0) : undefined;
}

interface RefundLinesProps {
  readonly order: Order;
  readonly parts: Parts;
  readonly wrong: boolean;
  readonly onChange: (parts: Parts) => void;
}

/** A field for each line of an order: how much of it goes back. */
export function RefundLines({ order, parts, wrong, onChange }: RefundLinesProps): ReactNode {
  const t = useTexts();
  const money = useMoney();
  return order.lines.map((line) => {
    const left = line.total - line.refunded;
    const typed = parts[line.id] ?? '';
    const amount = typed.trim() === '' ? 0 : minorOf(typed, order.exponent);
    const bad = wrong && (amount === undefined || amount > left || Object.values(parts).every((each) => each.trim() === ''));
    return (
      <TextField
        key={line.id}
        name={`line-${line.id}`}
        label={t('admin.refund.line', { title: line.title, currency: order.currency })}
        value={typed}
        disabled={left <= 0}
        error={bad}
        helperText={t(bad ? 'admin.refund.amount_wrong' : 'admin.refund.amount_hint', { amount: money(left, order) })}
        onChange={(event) => onChange({ ...parts, [line.id]: event.target.value })}
        slotProps={{ htmlInput: { inputMode: 'decimal' } }}
      />
    );
  });
}
