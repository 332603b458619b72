import { Box, Card, Table, TableBody, TableCell, TableContainer, TableHead, TableRow, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { money } from './money.ts';
import { useTexts } from './texts.ts';
import type { SpendGroup, SpendRow } from './types.ts';

const COLUMNS = ['cost', 'calls', 'tokens', 'errors', 'p50', 'p95', 'quality'] as const;

/** What each group cost, dearest first, with a bar beside the amount. */
export function SpendTable({ rows, by }: { readonly rows: readonly SpendRow[]; readonly by: SpendGroup }): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const dearest = Math.max(1, ...rows.map(({ cost_micros: micros }) => micros));
  const ms = (value: number | null): string => (value === null ? '–' : t('admin.spend.ms', { ms: format.number(value) }));
  const cell = (row: SpendRow, column: (typeof COLUMNS)[number]): ReactNode => {
    switch (column) {
      case 'cost':
        return (
          <>
            {money(format, row.cost_micros, row.currency)}
            <Box aria-hidden sx={{ height: 4, mt: 0.5, ml: 'auto', borderRadius: 2, background: 'var(--ql-color-primary)' }} style={{ width: `${(100 * row.cost_micros) / dearest}%` }} />
          </>
        );
      case 'tokens':
        return `${format.number(row.input_tokens)} / ${format.number(row.output_tokens)}`;
      case 'p50':
        return ms(row.p50_ms);
      case 'p95':
        return ms(row.p95_ms);
      case 'quality':
        return row.quality === null ? '–' : format.percent(100 * row.quality);
      case 'calls':
      case 'errors':
      default:
        return format.number(row[column]);
    }
  };
  return (
    <Card>
      <Typography id="ai-spend-by" variant="h4" component="h2" sx={{ p: { xs: 2, sm: 3 }, pb: { xs: 1, sm: 1 } }}>
        {t('admin.spend.by')}: {t(`admin.spend.group.${by}`)}
      </Typography>
      <TableContainer tabIndex={0} role="region" aria-labelledby="ai-spend-by">
        <Table size="small" aria-labelledby="ai-spend-by">
          <TableHead>
            <TableRow>
              <TableCell>{t(`admin.spend.group.${by}`)}</TableCell>
              {COLUMNS.map((column) => (
                <TableCell key={column} align="right">
                  {t(`admin.spend.${column}`)}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={`${row.key}:${row.currency}`}>
                <TableCell component="th" scope="row" sx={{ overflowWrap: 'anywhere' }}>
                  {row.key === '' ? t('admin.spend.nothing') : row.key}
                </TableCell>
                {COLUMNS.map((column) => (
                  <TableCell key={column} align="right" sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
                    {cell(row, column)}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </Card>
  );
}
