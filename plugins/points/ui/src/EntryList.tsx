import { Box, Typography } from '@mui/material';
import { PointsPill, useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from './api.ts';
import { reasonText } from './names.ts';

interface EntryListProps {
  readonly entries: readonly Entry[];
  /** Named for screen readers. */
  readonly label: string;
  /** Show the clock and the balance too. */
  readonly detailed?: boolean;
}

/** Awards, newest first: what for, when, how much. */
export function EntryList({ entries, label, detailed = false }: EntryListProps): ReactNode {
  const { t } = useTranslation('points');
  const format = useFormat();
  return (
    <Box component="ul" aria-label={label} sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {entries.map((entry) => (
        <Box
          component="li"
          key={entry.id}
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 2,
            py: detailed ? 1.25 : 0.875,
            borderTop: 'var(--ql-border-rule) solid var(--ql-color-line)',
            '&:first-of-type': { borderTop: 0 },
          }}
        >
          <Box sx={{ flex: 1, minWidth: 0 }}>
            <Typography sx={{ fontWeight: 'var(--ql-font-weight-strong)' }} noWrap={!detailed}>
              {reasonText(t, entry)}
            </Typography>
            <Typography component="time" dateTime={entry.occurred_at} variant="body2" color="textSecondary">
              {detailed ? format.time(entry.occurred_at) : format.relative(entry.occurred_at)}
            </Typography>
          </Box>
          {detailed && (
            <Typography variant="body2" color="textSecondary" sx={{ display: { xs: 'none', sm: 'block' }, fontVariantNumeric: 'tabular-nums' }}>
              {t('balance_after', { points: format.number(entry.balance_after) })}
            </Typography>
          )}
          <PointsPill points={entry.amount} signed size="small" />
        </Box>
      ))}
    </Box>
  );
}
