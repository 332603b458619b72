import { Alert, Box, Button, Card, FormControl, FormControlLabel, Radio, RadioGroup, TextField, Typography } from '@mui/material';
import { fieldError, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { usePaymentsListProvidersQuery, usePaymentsOrderMutation, usePaymentsSaveCartMutation } from './api.ts';
import { BillingFields } from './BillingFields.tsx';
import { CartLines } from './CartLines.tsx';
import { leave } from './leave.ts';
import { useMoney } from './money.ts';
import { Sums } from './Sums.tsx';
import type { Billing, Cart, CartInput } from './types.ts';

const NOBODY: Billing = { name: '', country: '', customer_type: 'person', vat_id: null, address: '' };

/** A cart with something in it: its lines, the promotion code, the invoice's address, the way to pay. */
export function Checkout({ cart }: { readonly cart: Cart }): ReactNode {
  const { t } = useTranslation('payments');
  const money = useMoney();
  const message = useProblemMessage();
  const navigate = useNavigate();
  const { data: providers } = usePaymentsListProvidersQuery();
  const [save, saving] = usePaymentsSaveCartMutation();
  const [order, ordering] = usePaymentsOrderMutation();
  const [billing, setBilling] = useState<Billing>(cart.billing ?? NOBODY);
  const [code, setCode] = useState(cart.promotion_code ?? '');
  const [chosen, setChosen] = useState<string>();
  const [tried, setTried] = useState(false);
  const [going, setGoing] = useState(false);
  const [key, setKey] = useState(() => crypto.randomUUID());
  useEffect(() => {
    // Whoever comes back from the provider's page by the browser's button finds this page as it was left.
    const back = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) setGoing(false);
    };
    addEventListener('pageshow', back);
    return () => removeEventListener('pageshow', back);
  }, []);
  const ways = providers?.items ?? [];
  const provider = ways.find(({ name }) => name === chosen) ?? ways[0];
  const input = (change: Partial<CartInput>): CartInput => ({
    lines: cart.lines.map(({ price_id, quantity }) => ({ price_id, quantity })),
    promotion_code: code.trim() === '' ? null : code.trim(),
    billing: billing.country === '' ? null : billing,
    ...change,
  });
  const put = async (change: Partial<CartInput>): Promise<boolean> => {
    setKey(crypto.randomUUID());
    return (await save(input(change))).error === undefined;
  };
  const pay = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (billing.country === '') {
      document.querySelector<HTMLElement>('select[name=country]')?.focus();
      return;
    }
    if (provider === undefined || !(await save(input({})).then(({ error }) => error === undefined))) return;
    const answer = await order({ provider: provider.name, key });
    if (answer.error !== undefined) return;
    if (answer.data.checkout_url === null) {
      await navigate(`/x/payments/orders/${answer.data.id}`);
      return;
    }
    setGoing(true);
    leave(answer.data.checkout_url);
  };
  const problem = ordering.error ?? (fieldError(saving.error, 'vat_id') === undefined ? saving.error : undefined);
  const vat = fieldError(saving.error, 'vat_id') ?? fieldError(saving.error, 'billing.vat_id');
  const refused = cart.problem?.code.startsWith('coupon') === true;
  return (
    <Box
      component="form"
      noValidate
      onSubmit={(event) => void pay(event)}
      sx={{ display: 'grid', gap: 3, alignItems: 'start', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) 360px' } }}
    >
      <Box sx={{ display: 'grid', gap: 3, minWidth: 0 }}>
        <Card sx={{ px: { xs: 2, sm: 3 }, py: 1.5 }}>
          <CartLines
            cart={cart}
            onRemove={(id) => void put({ lines: cart.lines.filter(({ price_id: each }) => each !== id).map(({ price_id, quantity }) => ({ price_id, quantity })) })}
            onQuantity={(id, wanted) => void put({ lines: cart.lines.map(({ price_id, quantity }) => ({ price_id, quantity: price_id === id ? wanted : quantity })) })}
          />
        </Card>
        <Card component="section" aria-labelledby="payments-billing" sx={{ p: { xs: 2, sm: 3 } }}>
          <Typography id="payments-billing" variant="h4" component="h2" sx={{ mb: 2.5 }}>
            {t('billing.title')}
          </Typography>
          <BillingFields
            value={billing}
            wrong={{ country: tried && billing.country === '' ? t('billing.country_needed') : undefined, vat_id: vat === undefined ? undefined : t('billing.vat_wrong') }}
            onChange={setBilling}
            onDone={(value) => value.country !== '' && void put({ billing: value })}
          />
        </Card>
      </Box>
      <Card component="section" aria-labelledby="payments-pay" sx={{ p: { xs: 2, sm: 3 }, display: 'grid', gap: 2.5, position: { md: 'sticky' }, top: 16 }}>
        <Typography id="payments-pay" variant="h4" component="h2">
          {t('cart.pay_title')}
        </Typography>
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
          <TextField
            size="small"
            name="code"
            label={t('cart.code')}
            value={code}
            error={refused}
            helperText={refused ? t(`cart.problems.${cart.problem?.code ?? ''}`, { defaultValue: cart.problem?.detail ?? '' }) : cart.discount > 0 ? t('cart.code_taken') : undefined}
            onChange={(event) => setCode(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              void put({});
            }}
            slotProps={{ htmlInput: { maxLength: 40, autoCapitalize: 'characters', spellCheck: false } }}
            sx={{ flex: 1 }}
          />
          <Button variant="outlined" disabled={code.trim() === (cart.promotion_code ?? '')} loading={saving.isLoading} onClick={() => void put({})}>
            {t('cart.apply')}
          </Button>
        </Box>
        <Box role="status" aria-busy={saving.isLoading}>
          <Sums of={cart} />
        </Box>
        {ways.length > 1 && (
          <FormControl>
            <RadioGroup aria-label={t('cart.way')} value={provider?.name ?? ''} onChange={(_, name) => {
                setChosen(name);
                setKey(crypto.randomUUID());
              }}
            >
              {ways.map(({ name, title }) => (
                <FormControlLabel key={name} value={name} control={<Radio />} label={title} />
              ))}
            </RadioGroup>
          </FormControl>
        )}
        {providers !== undefined && provider === undefined && <Alert severity="warning">{t('cart.no_way')}</Alert>}
        {provider?.test === true && <Alert severity="info">{t('cart.test')}</Alert>}
        {problem !== undefined && <Alert severity="error">{message(problem)}</Alert>}
        <Button type="submit" variant="contained" size="large" fullWidth loading={ordering.isLoading || going} disabled={provider === undefined || refused}>
          {cart.total === 0 ? t('cart.take') : t('cart.pay', { amount: money(cart.total, cart) })}
        </Button>
        {cart.total > 0 && provider !== undefined && (
          <Typography variant="body2" color="textSecondary">
            {t('cart.leads_to', { name: provider.title })}
          </Typography>
        )}
      </Card>
    </Box>
  );
}
