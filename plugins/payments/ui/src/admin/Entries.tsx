import { Box, Link, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useMoney } from '../money.ts';
import { accountName, useTexts } from './texts.ts';
import type { Entry } from './types.ts';

interface EntriesProps {
  readonly entries: readonly Entry[];
  readonly label: string;
  /** Whether each entry leads to its order. */
  readonly linked?: boolean;
}

/** Entries of the ledger with their postings, which sum to zero. */
export function Entries({ entries, label, linked = false }: EntriesProps): ReactNode {
  const t = useTexts();
  const money = useMoney();
  const format = useFormat();
  return (
    <Box component="ul" aria-label={label} sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {entries.map((entry) => (
        <Box component="li" key={entry.id} sx={{ py: 1.5, borderTop: '1px solid var(--ql-color-line)', '&:first-of-type': { borderTop: 0, pt: 0 }, '&:last-of-type': { pb: 0 } }}>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, justifyContent: 'space-between' }}>
            <Typography sx={{ fontWeight: 600 }}>{t(`admin.ledger.kinds.${entry.kind}`, { defaultValue: entry.kind })}</Typography>
            <Typography variant="body2" color="textSecondary">
              {format.dateTime(entry.occurred_at)}
              {linked && entry.order_id !== null && (
                <>
                  {' · '}
                  <Link href={`/x/payments/admin/orders/${entry.order_id}`} aria-label={t('admin.ledger.to_order', { time: format.dateTime(entry.occurred_at) })}>
                    {t('order.title')}
                  </Link>
                </>
              )}
            </Typography>
          </Box>
          <Box component="dl" sx={{ m: 0, mt: 0.5, display: 'grid', gridTemplateColumns: '1fr auto', columnGap: 2 }}>
            {entry.postings.map(({ account, amount }) => (
              <Box key={`${account} ${amount}`} sx={{ display: 'contents' }}>
                <Typography component="dt" variant="body2" sx={{ overflowWrap: 'anywhere' }}>
                  {accountName(t, account)}
                </Typography>
                <Typography component="dd" variant="body2" sx={{ m: 0, textAlign: 'right', fontVariantNumeric: 'tabular-nums' }}>
                  {money(amount, entry)}
                </Typography>
              </Box>
            ))}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
