import { Alert, Box, Button, Card, Link, MenuItem, TextField } from '@mui/material';
import { useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { usePaymentsListProvidersQuery } from '../api.ts';
import { ConfirmDialog } from '../ConfirmDialog.tsx';
import { useMoney } from '../money.ts';
import { usePaymentsReconcileMutation } from './api.ts';
import { DataTable } from './DataTable.tsx';
import { Fetched } from './Fetched.tsx';
import { Frame } from './Frame.tsx';
import { useTexts } from './texts.ts';
import type { Reconciliation } from './types.ts';

const DAYS = [7, 30, 90] as const;

function Outcome({ found }: { readonly found: Reconciliation }): ReactNode {
  const t = useTexts();
  const money = useMoney();
  const sum = t('admin.reconcile.checked', { count: found.checked });
  if (found.differences.length === 0) return <Alert severity="success">{`${sum} ${t('admin.reconcile.same')}`}</Alert>;
  return (
    <>
      <Alert severity={found.repaired > 0 ? 'success' : 'warning'} sx={{ mb: 2 }}>
        {`${sum} ${t(found.repaired > 0 ? 'admin.reconcile.repaired' : 'admin.reconcile.different', { count: found.repaired > 0 ? found.repaired : found.differences.length })}`}
      </Alert>
      <DataTable
        title={t('admin.reconcile.differences')}
        columns={[t('admin.reconcile.payment'), t('admin.reconcile.what'), t('admin.reconcile.at_provider'), t('admin.reconcile.in_ledger')]}
        rows={found.differences.map((each) => ({
          key: `${each.payment_id}:${each.what}`,
          cells: [
            each.order_id === null ? each.payment_id : <Link key="order" href={`/x/payments/admin/orders/${each.order_id}`}>{each.payment_id}</Link>,
            t(`admin.reconcile.kinds.${each.what}`),
            money(each.provider_amount, each),
            money(each.ledger_amount, each),
          ],
        }))}
      />
    </>
  );
}

/** Compares the books with a provider's, and brings them to it. */
export default function ReconcilePage(): ReactNode {
  const t = useTexts();
  const message = useProblemMessage();
  const providers = usePaymentsListProvidersQuery();
  const [reconcile, { data, error, isLoading }] = usePaymentsReconcileMutation();
  const [chosen, setChosen] = useState<string>();
  const [days, setDays] = useState<number>(30);
  const [asking, setAsking] = useState(false);
  const name = chosen ?? providers.data?.items[0]?.name;
  const run = async (repair: boolean): Promise<void> => {
    if (name === undefined) return;
    await reconcile({ provider: name, since: new Date(Date.now() - days * 86_400_000).toISOString(), repair });
    setAsking(false);
  };
  return (
    <Frame page="reconcile">
      <Fetched query={providers} isEmpty={({ items }) => items.length === 0} none={t('admin.reconcile.none')} noneDetail={t('admin.reconcile.none_detail')}>
        {({ items }) => (
          <Card sx={{ p: { xs: 2, sm: 3 }, mb: 3, display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
            <TextField select size="small" label={t('admin.reconcile.provider')} value={name ?? ''} onChange={(event) => setChosen(event.target.value)} sx={{ minWidth: 200, flex: { xs: '1 1 100%', sm: '0 1 auto' } }}>
              {items.map((each) => (
                <MenuItem key={each.name} value={each.name}>
                  {each.title}
                </MenuItem>
              ))}
            </TextField>
            <TextField select size="small" label={t('admin.reconcile.period')} value={days} onChange={(event) => setDays(Number(event.target.value))} sx={{ minWidth: 160, flex: { xs: '1 1 100%', sm: '0 1 auto' } }}>
              {DAYS.map((each) => (
                <MenuItem key={each} value={each}>
                  {t('admin.reconcile.days', { count: each })}
                </MenuItem>
              ))}
            </TextField>
            <Button variant="contained" loading={isLoading} onClick={() => void run(false)}>
              {t('admin.reconcile.compare')}
            </Button>
            {data !== undefined && data.differences.length > 0 && data.repaired === 0 && (
              <Button variant="outlined" onClick={() => setAsking(true)}>
                {t('admin.reconcile.repair')}
              </Button>
            )}
          </Card>
        )}
      </Fetched>
      <Box role="status">
        {error !== undefined && <Alert severity="error">{message(error)}</Alert>}
        {data !== undefined && <Outcome found={data} />}
      </Box>
      {asking && (
        <ConfirmDialog
          title={t('admin.reconcile.ask')}
          detail={t('admin.reconcile.ask_detail')}
          action={t('admin.reconcile.repair')}
          keep={t('order.keep')}
          busy={isLoading}
          problem={error === undefined ? undefined : message(error)}
          onConfirm={() => void run(true)}
          onClose={() => setAsking(false)}
        />
      )}
    </Frame>
  );
}
