import { Box, Card, Chip, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoney } from './money.ts';
import type { Subscription } from './types.ts';

const COLOURS = { active: 'success', ending: 'info', past_due: 'warning', ended: 'default' } as const;

interface SubscriptionListProps {
  readonly label: string;
  readonly subscriptions: readonly Subscription[];
  /** What can be done with one. */
  readonly renderActions?: (subscription: Subscription) => ReactNode;
}

/** Subscriptions, each with its price, how it stands and what comes next. */
export function SubscriptionList({ label, subscriptions, renderActions }: SubscriptionListProps): ReactNode {
  const { t } = useTranslation('payments');
  const money = useMoney();
  const format = useFormat();
  const next = (found: Subscription): string => {
    if (found.state === 'ended') return t('subscriptions.ended_on', { date: format.date(found.ended_at ?? found.created_at) });
    if (found.state === 'past_due') return t('subscriptions.until_grace', { date: format.date(found.grace_until ?? found.created_at) });
    return t(`subscriptions.next.${found.state}`, { date: format.date(found.period_end ?? found.created_at) });
  };
  return (
    <Card component="ul" aria-label={label} sx={{ m: 0, px: { xs: 2, sm: 3 }, py: 0.5, listStyle: 'none' }}>
      {subscriptions.map((found) => (
        <Box component="li" key={found.id} sx={{ display: 'grid', gap: 1, py: 2, borderTop: '1px solid var(--ql-color-line)', '&:first-of-type': { borderTop: 0 } }}>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', justifyContent: 'space-between' }}>
            <Typography variant="h4" component="h2" sx={{ overflowWrap: 'anywhere' }}>
              {found.title}
            </Typography>
            <Chip size="small" color={COLOURS[found.state]} variant={found.state === 'ended' ? 'outlined' : 'filled'} label={t(`subscriptions.states.${found.state}`)} />
          </Box>
          <Typography sx={{ fontVariantNumeric: 'tabular-nums' }}>
            {money(found.amount, found)} {t(`every.${found.interval}`)}
            {found.buyer !== null && renderActions === undefined ? ` · ${found.buyer.display_name}` : ''}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {[next(found), found.state === 'past_due' ? found.failure : ''].filter(Boolean).join(' · ')}
          </Typography>
          {renderActions?.(found)}
        </Box>
      ))}
    </Card>
  );
}
