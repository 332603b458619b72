import { useFormat, useLive, useNotify } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { money } from './money.ts';

interface BudgetReached {
  percent: number;
  scope: string;
  spent_micros: number;
  limit_micros: number;
  currency: string;
}

const FULL = 100;

/** Shows nothing by itself: tells those who run the tenant when a budget is half, nearly or wholly used. */
export function BudgetNotice(): ReactNode {
  const { t } = useTranslation('ai');
  const format = useFormat();
  const notify = useNotify();
  useLive<BudgetReached>('ai.budget.reached', ({ percent, scope, spent_micros, limit_micros, currency }) => {
    const values = {
      percent: format.percent(percent),
      scope: t(`reached.scopes.${scope}`),
      spent: money(format, spent_micros, currency),
      limit: money(format, limit_micros, currency),
    };
    notify({ message: t(percent >= FULL ? 'reached.used_up' : 'reached.used', values), severity: percent >= FULL ? 'error' : 'warning' });
  });
  return null;
}
