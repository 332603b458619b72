import { Card, Stack } from '@mui/material';
import type { ReactNode } from 'react';
import { useMoney } from '../money.ts';
import { Pager } from '../Pager.tsx';
import { usePaging } from '../usePaging.ts';
import { usePaymentsGetBalanceQuery, usePaymentsListLedgerQuery } from './api.ts';
import { DataTable } from './DataTable.tsx';
import { Entries } from './Entries.tsx';
import { Fetched } from './Fetched.tsx';
import { Frame } from './Frame.tsx';
import { accountName, useTexts } from './texts.ts';

/** Every entry of the ledger, and what lies on each account. */
export default function LedgerPage(): ReactNode {
  const t = useTexts();
  const money = useMoney();
  const paging = usePaging();
  const query = usePaymentsListLedgerQuery(paging.params);
  const { data: balance } = usePaymentsGetBalanceQuery();
  return (
    <Frame page="ledger">
      <Fetched query={query} isEmpty={({ items }) => items.length === 0} none={t('admin.ledger.none')} noneDetail={t('admin.ledger.none_detail')}>
        {(data) => (
          <Stack sx={{ gap: 3 }}>
            {balance !== undefined && (
              <DataTable
                title={t('admin.ledger.balance')}
                columns={[t('admin.ledger.account'), t('admin.ledger.amount')]}
                rows={balance.items.map((each) => ({
                  key: `${each.account}:${each.currency}`,
                  cells: [accountName(t, each.account), money(each.amount, each)],
                }))}
              />
            )}
            <Card sx={{ p: { xs: 2, sm: 3 } }}>
              <Entries entries={data.items} label={t('admin.ledger.title')} linked />
            </Card>
          </Stack>
        )}
      </Fetched>
      <Pager paging={paging} next={query.data?.next_cursor} />
    </Frame>
  );
}
