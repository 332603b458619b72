import { Button } from '@mui/material';
import { useFormat, useNotify } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { ROOT } from '../api.ts';
import { download } from '../download.ts';
import { useMoney } from '../money.ts';
import { usePaymentsGetRevenueQuery } from './api.ts';
import { DataTable } from './DataTable.tsx';
import { Fetched } from './Fetched.tsx';
import { Frame } from './Frame.tsx';
import { useTexts } from './texts.ts';

const COLUMNS = ['gross', 'tax', 'refunds', 'disputes', 'net'] as const;
const YEAR = 365 * 86_400_000;

/** What was earned, by month and currency. */
export default function RevenuePage(): ReactNode {
  const t = useTexts();
  const money = useMoney();
  const format = useFormat();
  const notify = useNotify();
  const [now] = useState(() => Date.now());
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const period = { since: day(now - YEAR), until: day(now) };
  const query = usePaymentsGetRevenueQuery(period);
  const onCsv = async (): Promise<void> => {
    const ok = await download(`${ROOT}/revenue.csv?since=${period.since}&until=${period.until}`, `revenue-${period.since}-${period.until}.csv`);
    if (!ok) notify({ message: t('admin.revenue.csv_failed'), severity: 'error' });
  };
  const actions = (
    <Button variant="outlined" onClick={() => void onCsv()}>
      {t('admin.revenue.csv')}
    </Button>
  );
  return (
    <Frame page="revenue" actions={actions}>
      <Fetched query={query} isEmpty={({ items }) => items.length === 0} none={t('admin.revenue.none')} noneDetail={t('admin.revenue.none_detail')}>
        {(data) => (
          <DataTable
            title={t('admin.revenue.months')}
            columns={[t('admin.revenue.month'), ...COLUMNS.map((column) => t(`admin.revenue.${column}`)), t('admin.revenue.orders'), t('admin.revenue.mrr'), t('admin.revenue.churned')]}
            rows={data.items.map((row) => ({
              key: `${row.month}:${row.currency}`,
              cells: [
                `${format.date(`${row.month}-15T12:00:00Z`, { month: 'long', year: 'numeric' })} (${row.currency})`,
                ...COLUMNS.map((column) => money(row[column], row)),
                format.number(row.orders),
                money(row.mrr, row),
                format.number(row.churned),
              ],
            }))}
          />
        )}
      </Fetched>
    </Frame>
  );
}
