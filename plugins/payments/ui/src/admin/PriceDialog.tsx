import { FormControlLabel, MenuItem, Switch, TextField } from '@mui/material';
import { fieldError, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { exponentOf, minorOf, useMoney } from '../money.ts';
import { usePaymentsAddPriceMutation } from './api.ts';
import { useTexts } from './texts.ts';
import type { Product } from './types.ts';

/** The form of a new price. */
export function PriceDialog({ product, onClose }: { readonly product: Product; readonly onClose: () => void }): ReactNode {
  const t = useTexts();
  const money = useMoney();
  const notify = useNotify();
  const message = useProblemMessage();
  const [add, { isLoading, error }] = usePaymentsAddPriceMutation();
  const [text, setText] = useState('');
  const [currency, setCurrency] = useState(product.prices[0]?.currency ?? 'EUR');
  const [inclusive, setInclusive] = useState(product.prices[0]?.tax_inclusive ?? true);
  const [interval, setInterval] = useState<'' | 'month' | 'year'>('');
  const [tried, setTried] = useState(false);
  const exponent = exponentOf(currency);
  const amount = exponent === undefined ? undefined : minorOf(text, exponent);
  const wrong = { amount: exponent !== undefined && (amount === undefined || amount === 0), currency: exponent === undefined };
  const onSave = async (): Promise<string | undefined> => {
    setTried(true);
    if (exponent === undefined) return 'currency';
    if (amount === undefined || amount === 0) return 'amount';
    const answer = await add({ id: product.id, input: { currency, amount, tax_inclusive: inclusive, interval: interval === '' ? null : interval } });
    if (answer.error !== undefined) return undefined;
    notify({ message: t('admin.saved', { name: money(amount, { currency, exponent }) }), severity: 'success' });
    onClose();
    return undefined;
  };
  return (
    <FormDialog title={t('admin.products.price_title', { title: product.title })} busy={isLoading} problem={error === undefined ? undefined : message(error)} onSave={onSave} onClose={onClose}>
      <TextField
        name="amount"
        label={t('admin.products.amount')}
        value={text}
        error={tried && wrong.amount}
        helperText={t(tried && wrong.amount ? 'admin.wrong.amount' : 'admin.products.amount_hint')}
        onChange={(event) => setText(event.target.value)}
        slotProps={{ htmlInput: { inputMode: 'decimal' } }}
      />
      <TextField
        name="currency"
        label={t('admin.products.currency')}
        value={currency}
        error={(tried && wrong.currency) || fieldError(error, 'currency') !== undefined}
        helperText={fieldError(error, 'currency') ?? t('admin.products.currency_hint')}
        onChange={(event) => setCurrency(event.target.value.toUpperCase())}
        slotProps={{ htmlInput: { maxLength: 3 } }}
      />
      <TextField
        select
        name="interval"
        label={t('admin.products.interval')}
        value={interval}
        helperText={t('admin.products.interval_hint')}
        onChange={(event) => setInterval(event.target.value as '' | 'month' | 'year')}
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
      >
        <MenuItem value="">{t('admin.products.once')}</MenuItem>
        <MenuItem value="month">{t('every.month')}</MenuItem>
        <MenuItem value="year">{t('every.year')}</MenuItem>
      </TextField>
      <FormControlLabel control={<Switch checked={inclusive} onChange={(_, on) => setInclusive(on)} />} label={t('admin.products.inclusive')} />
    </FormDialog>
  );
}
