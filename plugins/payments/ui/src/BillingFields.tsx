import { Box, FormControl, FormControlLabel, FormLabel, Radio, RadioGroup, TextField } from '@mui/material';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { countries } from './countries.ts';
import type { Billing } from './types.ts';

interface BillingFieldsProps {
  readonly value: Billing;
  readonly wrong: { readonly country?: string | undefined; readonly vat_id?: string | undefined };
  /** What was typed. */
  readonly onChange: (value: Billing) => void;
  /** What may change the tax, or was finished. */
  readonly onDone: (value: Billing) => void;
}

/** Whom the invoice is made out to. */
export function BillingFields({ value, wrong, onChange, onDone }: BillingFieldsProps): ReactNode {
  const { t, i18n } = useTranslation('payments');
  const all = useMemo(() => countries(i18n.language), [i18n.language]);
  const choose = (change: Partial<Billing>): void => {
    onChange({ ...value, ...change });
    onDone({ ...value, ...change });
  };
  return (
    <Box sx={{ display: 'grid', gap: 2.5 }}>
      <TextField
        select
        name="country"
        label={t('billing.country')}
        value={value.country}
        error={wrong.country !== undefined}
        helperText={wrong.country ?? t('billing.country_hint')}
        autoComplete="country"
        onChange={(event) => choose({ country: event.target.value })}
        slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
      >
        <option value="">{t('billing.choose')}</option>
        {all.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </TextField>
      <FormControl>
        <FormLabel id="payments-customer">{t('billing.customer')}</FormLabel>
        <RadioGroup
          row
          aria-labelledby="payments-customer"
          value={value.customer_type}
          onChange={(_, type) => choose({ customer_type: type as Billing['customer_type'], vat_id: type === 'person' ? null : value.vat_id })}
        >
          <FormControlLabel value="person" control={<Radio />} label={t('billing.person')} />
          <FormControlLabel value="company" control={<Radio />} label={t('billing.company')} />
        </RadioGroup>
      </FormControl>
      <TextField
        name="name"
        label={t(value.customer_type === 'company' ? 'billing.company_name' : 'billing.name')}
        value={value.name}
        autoComplete={value.customer_type === 'company' ? 'organization' : 'name'}
        onChange={(event) => onChange({ ...value, name: event.target.value })}
        onBlur={() => onDone(value)}
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
      {value.customer_type === 'company' && (
        <TextField
          name="vat_id"
          label={t('billing.vat_id')}
          value={value.vat_id ?? ''}
          error={wrong.vat_id !== undefined}
          helperText={wrong.vat_id ?? t('billing.vat_hint')}
          onChange={(event) => onChange({ ...value, vat_id: event.target.value === '' ? null : event.target.value })}
          onBlur={() => onDone(value)}
          slotProps={{ htmlInput: { maxLength: 20, autoCapitalize: 'characters', spellCheck: false } }}
        />
      )}
      <TextField
        name="address"
        label={t('billing.address')}
        value={value.address}
        multiline
        minRows={2}
        autoComplete="street-address"
        onChange={(event) => onChange({ ...value, address: event.target.value })}
        onBlur={() => onDone(value)}
        slotProps={{ htmlInput: { maxLength: 500 } }}
      />
    </Box>
  );
}
