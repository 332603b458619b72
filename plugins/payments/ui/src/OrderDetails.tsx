import { Box, Card, Link, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoney } from './money.ts';
import { Sums } from './Sums.tsx';
import type { Order } from './types.ts';

interface PartProps {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}

/** A titled card. */
export function Part({ id, title, children }: PartProps): ReactNode {
  return (
    <Card component="section" aria-labelledby={id} sx={{ p: { xs: 2, sm: 3 }, minWidth: 0 }}>
      <Typography id={id} variant="h4" component="h2" sx={{ mb: 1.5 }}>
        {title}
      </Typography>
      {children}
    </Card>
  );
}

/** What was ordered and what it came to. */
export function OrderLines({ order }: { readonly order: Order }): ReactNode {
  const { t } = useTranslation('payments');
  const money = useMoney();
  return (
    <Part id="payments-lines" title={t('order.lines')}>
      <Box component="ul" aria-labelledby="payments-lines" sx={{ m: 0, mb: 1.5, p: 0, listStyle: 'none', borderBottom: '1px solid var(--ql-color-line)' }}>
        {order.lines.map((line) => (
          <Box component="li" key={line.id} sx={{ display: 'flex', gap: 2, justifyContent: 'space-between', pb: 1.5 }}>
            <Box sx={{ minWidth: 0 }}>
              <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{line.quantity > 1 ? t('seats.times', { count: line.quantity, title: line.title }) : line.title}</Typography>
              {line.refunded > 0 && (
                <Typography variant="body2" color="textSecondary">
                  {t('order.line_refunded', { amount: money(line.refunded, order) })}
                </Typography>
              )}
            </Box>
            <Typography sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>{money(line.subtotal, order)}</Typography>
          </Box>
        ))}
      </Box>
      <Sums of={order} />
    </Part>
  );
}

/** The invoices and credit notes of an order. */
export function Documents({ order }: { readonly order: Order }): ReactNode {
  const { t } = useTranslation('payments');
  const money = useMoney();
  const format = useFormat();
  if (order.documents.length === 0) return null;
  return (
    <Part id="payments-documents" title={t('order.documents')}>
      <Box component="ul" aria-labelledby="payments-documents" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}>
        {order.documents.map((each) => (
          <Box component="li" key={each.id} sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, justifyContent: 'space-between' }}>
            <Link href={`/x/payments/documents/${each.id}`}>{t(`document.${each.kind}`, { number: each.number })}</Link>
            <Typography variant="body2" color="textSecondary">
              {format.date(each.issued_at)} · {money(each.total, each)}
            </Typography>
          </Box>
        ))}
      </Box>
    </Part>
  );
}

/** What goes back to the buyer. */
export function Refunds({ order }: { readonly order: Order }): ReactNode {
  const { t } = useTranslation('payments');
  const money = useMoney();
  const format = useFormat();
  if (order.refunds.length === 0) return null;
  return (
    <Part id="payments-refunds" title={t('order.refunds')}>
      <Box component="ul" aria-labelledby="payments-refunds" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1.5 }}>
        {order.refunds.map((each) => (
          <li key={each.id}>
            <Typography>
              {money(each.amount, order)} – {t(`order.refund.${each.state}`)}
            </Typography>
            <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
              {[format.dateTime(each.created_at), each.reason].filter(Boolean).join(' · ')}
            </Typography>
          </li>
        ))}
      </Box>
    </Part>
  );
}
