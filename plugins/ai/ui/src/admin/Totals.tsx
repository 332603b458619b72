import { Box, Card, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { money } from './money.ts';
import { useTexts } from './texts.ts';
import type { SpendRow } from './types.ts';

/** The figures of a period, a card for each; amounts of different currencies are never added. */
export function Totals({ totals }: { readonly totals: readonly SpendRow[] }): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const sum = (name: 'calls' | 'errors' | 'input_tokens' | 'output_tokens'): number => totals.reduce((all, row) => all + row[name], 0);
  const calls = sum('calls');
  const slowest = Math.max(0, ...totals.map(({ p95_ms: ms }) => ms ?? 0));
  const figures = [
    ['cost', totals.map(({ cost_micros: micros, currency }) => money(format, micros, currency)).join(' + ')],
    ['calls', format.number(calls)],
    ['tokens', format.number(sum('input_tokens') + sum('output_tokens'))],
    ['errors', format.percent(calls === 0 ? 0 : (100 * sum('errors')) / calls)],
    ['p95', t('admin.spend.ms', { ms: format.number(slowest) })],
  ] as const;
  return (
    <Box component="dl" sx={{ m: 0, display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr 1fr', md: 'repeat(5, 1fr)' } }}>
      {figures.map(([key, value]) => (
        <Card key={key} sx={{ p: 2, display: 'flex', flexDirection: 'column-reverse', justifyContent: 'flex-end' }}>
          <Typography component="dd" variant="h3" sx={{ m: 0, overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' }}>
            {value}
          </Typography>
          <Typography component="dt" variant="body2" color="textSecondary">
            {t(`admin.spend.${key}`)}
          </Typography>
        </Card>
      ))}
    </Box>
  );
}
