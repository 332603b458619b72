import { FormControlLabel, MenuItem, Switch, TextField } from '@mui/material';
import { fieldError, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { exponentOf, minorOf, typed } from '../money.ts';
import { usePaymentsAddCouponMutation, usePaymentsChangeCouponMutation, usePaymentsListProductsQuery } from './api.ts';
import { useTexts } from './texts.ts';
import type { Coupon, CouponInput } from './types.ts';

/** The first or the last moment of a day of the reader's calendar. */
function moment(day: string, end: boolean): string | null {
  return day === '' ? null : new Date(`${day}T${end ? '23:59:59' : '00:00:00'}`).toISOString();
}

/** The day of the reader's calendar that a moment is on. */
function dayOf(time: string | null | undefined): string {
  if (typeof time !== 'string') return '';
  const date = new Date(time);
  return [date.getFullYear(), String(date.getMonth() + 1).padStart(2, '0'), String(date.getDate()).padStart(2, '0')].join('-');
}

function countOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  return /^[1-9]\d{0,5}$/u.test(text.trim()) ? Number(text) : undefined;
}

interface CouponDialogProps {
  readonly coupon: Coupon | null;
  readonly onClose: () => void;
}

/** The form of a promotion code. */
export function CouponDialog({ coupon, onClose }: CouponDialogProps): ReactNode {
  const t = useTexts();
  const notify = useNotify();
  const message = useProblemMessage();
  const [add, adding] = usePaymentsAddCouponMutation();
  const [change, changing] = usePaymentsChangeCouponMutation();
  const fixed = coupon !== null && coupon.amount !== null;
  const [kind, setKind] = useState<'percent' | 'amount'>(fixed ? 'amount' : 'percent');
  const [fields, setFields] = useState({
    code: coupon?.code ?? '',
    off: coupon === null ? '' : coupon.amount === null ? String(coupon.percent ?? '') : typed(coupon.amount, coupon.exponent ?? 2),
    currency: coupon?.currency ?? 'EUR',
    starts_at: dayOf(coupon?.starts_at),
    ends_at: dayOf(coupon?.ends_at),
    max_uses: String(coupon?.max_uses ?? ''),
    max_uses_per_buyer: String(coupon?.max_uses_per_buyer ?? ''),
  });
  const { data: products } = usePaymentsListProductsQuery({ limit: 100 });
  const [only, setOnly] = useState<readonly string[]>(coupon?.product_ids ?? []);
  const [active, setActive] = useState(coupon?.active ?? true);
  const [tried, setTried] = useState(false);
  const exponent = kind === 'percent' ? 0 : exponentOf(fields.currency);
  const off = exponent === undefined ? undefined : minorOf(fields.off, exponent);
  const wrong: Partial<Record<keyof typeof fields, boolean>> = {
    code: !/^[A-Za-z0-9_-]{2,40}$/u.test(fields.code.trim()),
    off: exponent !== undefined && (off === undefined || off === 0 || (kind === 'percent' && off > 100)),
    currency: exponent === undefined,
    ends_at: fields.starts_at !== '' && fields.ends_at !== '' && fields.ends_at < fields.starts_at,
    max_uses: countOf(fields.max_uses) === undefined,
    max_uses_per_buyer: countOf(fields.max_uses_per_buyer) === undefined,
  };
  const problem = adding.error ?? changing.error;
  const onSave = async (): Promise<string | undefined> => {
    setTried(true);
    const first = (['code', 'off', 'currency', 'ends_at', 'max_uses', 'max_uses_per_buyer'] as const).find((name) => wrong[name]);
    if (first !== undefined || off === undefined) return first ?? 'off';
    const input: CouponInput = {
      code: fields.code.trim(),
      percent: kind === 'percent' ? off : null,
      amount: kind === 'amount' ? off : null,
      currency: kind === 'amount' ? fields.currency : null,
      product_ids: only,
      starts_at: fields.starts_at === dayOf(coupon?.starts_at) ? (coupon?.starts_at ?? null) : moment(fields.starts_at, false),
      ends_at: fields.ends_at === dayOf(coupon?.ends_at) ? (coupon?.ends_at ?? null) : moment(fields.ends_at, true),
      max_uses: countOf(fields.max_uses) ?? null,
      max_uses_per_buyer: countOf(fields.max_uses_per_buyer) ?? null,
      active,
    };
    const answer = coupon === null ? await add(input) : await change({ id: coupon.id, input });
    if (answer.error !== undefined) return undefined;
    notify({ message: t('admin.saved', { name: input.code }), severity: 'success' });
    onClose();
    return undefined;
  };
  const field = (name: keyof typeof fields, label: string, hint = '', look: object = {}): ReactNode => (
    <TextField
      name={name}
      label={label}
      value={fields[name]}
      error={(tried && wrong[name] === true) || fieldError(problem, name) !== undefined}
      helperText={tried && wrong[name] === true ? t(`admin.coupons.wrong.${name}`) : (fieldError(problem, name) ?? hint)}
      onChange={(event) => setFields({ ...fields, [name]: name === 'currency' || name === 'code' ? event.target.value.toUpperCase() : event.target.value })}
      {...look}
    />
  );
  const date = { type: 'date', slotProps: { inputLabel: { shrink: true } } };
  return (
    <FormDialog
      title={t(coupon === null ? 'admin.coupons.add' : 'admin.coupons.change')}
      busy={adding.isLoading || changing.isLoading}
      problem={problem === undefined ? undefined : message(problem)}
      onSave={onSave}
      onClose={onClose}
    >
      {field('code', t('admin.coupons.code'), t('admin.coupons.code_hint'))}
      <TextField select label={t('admin.coupons.kind')} value={kind} onChange={(event) => setKind(event.target.value as 'percent' | 'amount')}>
        <MenuItem value="percent">{t('admin.coupons.percent')}</MenuItem>
        <MenuItem value="amount">{t('admin.coupons.amount')}</MenuItem>
      </TextField>
      {field('off', t(kind === 'percent' ? 'admin.coupons.off_percent' : 'admin.coupons.off_amount'), '', { slotProps: { htmlInput: { inputMode: 'decimal' } } })}
      {kind === 'amount' && field('currency', t('admin.products.currency'), t('admin.products.currency_hint'))}
      <TextField
        select
        name="product_ids"
        label={t('admin.coupons.products')}
        value={products === undefined ? [] : only}
        error={fieldError(problem, 'product_ids') !== undefined}
        helperText={fieldError(problem, 'product_ids') ?? t('admin.coupons.products_hint')}
        onChange={(event) => setOnly([event.target.value].flat())}
        slotProps={{ select: { multiple: true } }}
      >
        {(products?.items ?? []).map(({ id, title }) => (
          <MenuItem key={id} value={id}>
            {title}
          </MenuItem>
        ))}
      </TextField>
      {field('starts_at', t('admin.coupons.starts'), '', date)}
      {field('ends_at', t('admin.coupons.ends'), '', date)}
      {field('max_uses', t('admin.coupons.max_uses'), t('admin.coupons.no_limit'), { slotProps: { htmlInput: { inputMode: 'numeric' } } })}
      {field('max_uses_per_buyer', t('admin.coupons.max_each'), t('admin.coupons.no_limit'), { slotProps: { htmlInput: { inputMode: 'numeric' } } })}
      <FormControlLabel control={<Switch checked={active} onChange={(_, on) => setActive(on)} />} label={t('admin.coupons.active')} />
    </FormDialog>
  );
}
