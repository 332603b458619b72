import DeleteRounded from '@mui/icons-material/DeleteOutlineRounded';
import { Alert, Box, Button, Card, IconButton, TextField } from '@mui/material';
import { useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countries } from '../countries.ts';
import { usePaymentsListTaxRatesQuery, usePaymentsSaveTaxRatesMutation } from './api.ts';
import { Fetched } from './Fetched.tsx';
import { Frame } from './Frame.tsx';
import { useTexts } from './texts.ts';
import type { TaxRate } from './types.ts';

interface Row extends TaxRate {
  readonly key: string;
}

const RATE = /^\d{1,3}([.,]\d{1,2})?$/u;

function Rates({ rates }: { readonly rates: readonly TaxRate[] }): ReactNode {
  const t = useTexts();
  const { i18n } = useTranslation();
  const notify = useNotify();
  const message = useProblemMessage();
  const all = useMemo(() => countries(i18n.language), [i18n.language]);
  const [save, { isLoading, error }] = usePaymentsSaveTaxRatesMutation();
  const [rows, setRows] = useState<readonly Row[]>(() => rates.map((rate) => ({ ...rate, key: `${rate.country}:${rate.customer_type}` })));
  const [tried, setTried] = useState(false);
  const change = (key: string, part: Partial<TaxRate>): void => setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const twice = (row: Row): boolean => rows.some((each) => each.key !== row.key && each.country === row.country && each.customer_type === row.customer_type);
  const onSave = async (): Promise<void> => {
    setTried(true);
    if (rows.some((row) => row.country === '' || !RATE.test(row.percent) || twice(row))) return;
    const answer = await save(rows.map(({ country, customer_type, percent }) => ({ country, customer_type, percent: percent.replace(',', '.') })));
    if (answer.error === undefined) notify({ message: t('admin.saved', { name: t('admin.tax.title') }), severity: 'success' });
  };
  const native = { slotProps: { select: { native: true }, inputLabel: { shrink: true } } } as const;
  return (
    <Card sx={{ p: { xs: 2, sm: 3 }, display: 'grid', gap: 2 }}>
      {rows.length === 0 && <Alert severity="info">{t('admin.tax.none')}</Alert>}
      <Box component="ul" aria-label={t('admin.tax.title')} sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2 }}>
        {rows.map((row, place) => (
          <Box component="li" key={row.key} sx={{ display: 'grid', gap: 1.5, alignItems: 'start', gridTemplateColumns: { xs: '1fr auto', sm: '2fr 1.4fr 1fr auto' } }}>
            <TextField
              select
              size="small"
              label={t('billing.country')}
              value={row.country}
              error={tried && (row.country === '' || twice(row))}
              helperText={tried && row.country === '' ? t('billing.country_needed') : tried && twice(row) ? t('admin.tax.twice') : undefined}
              onChange={(event) => change(row.key, { country: event.target.value })}
              sx={{ gridColumn: { xs: '1 / -1', sm: 'auto' } }}
              {...native}
            >
              <option value="">{t('billing.choose')}</option>
              {all.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </TextField>
            <TextField select size="small" label={t('admin.tax.customer')} value={row.customer_type} onChange={(event) => change(row.key, { customer_type: event.target.value as TaxRate['customer_type'] })} sx={{ gridColumn: { xs: '1 / -1', sm: 'auto' } }} {...native}>
              <option value="person">{t('billing.person')}</option>
              <option value="company">{t('billing.company')}</option>
            </TextField>
            <TextField
              size="small"
              label={t('admin.tax.percent')}
              value={row.percent}
              error={tried && !RATE.test(row.percent)}
              helperText={tried && !RATE.test(row.percent) ? t('admin.tax.percent_wrong') : undefined}
              onChange={(event) => change(row.key, { percent: event.target.value })}
              slotProps={{ htmlInput: { inputMode: 'decimal' } }}
            />
            <IconButton aria-label={t('admin.tax.remove', { place: place + 1 })} onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}>
              <DeleteRounded />
            </IconButton>
          </Box>
        ))}
      </Box>
      {error !== undefined && <Alert severity="error">{message(error)}</Alert>}
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <Button variant="outlined" onClick={() => setRows([...rows, { key: crypto.randomUUID(), country: '', customer_type: 'person', percent: '' }])}>
          {t('admin.tax.add')}
        </Button>
        <Button variant="contained" loading={isLoading} onClick={() => void onSave()}>
          {t('admin.tax.save')}
        </Button>
      </Box>
    </Card>
  );
}

/** What tax buyers of each country pay. */
export default function TaxPage(): ReactNode {
  const query = usePaymentsListTaxRatesQuery();
  return (
    <Frame page="tax">
      <Fetched query={query}>{(data) => <Rates rates={data.items} />}</Fetched>
    </Frame>
  );
}
