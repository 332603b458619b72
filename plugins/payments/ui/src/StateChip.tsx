import { Chip } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { State } from './types.ts';

const COLOURS = { open: 'info', paid: 'success', partly_refunded: 'warning', refunded: 'default', disputed: 'error', review: 'warning', cancelled: 'default', expired: 'default' } as const;

/** How an order stands. */
export function StateChip({ state }: { readonly state: State }): ReactNode {
  const { t } = useTranslation('payments');
  return <Chip size="small" color={COLOURS[state]} variant={COLOURS[state] === 'default' ? 'outlined' : 'filled'} label={t(`states.${state}`)} />;
}
