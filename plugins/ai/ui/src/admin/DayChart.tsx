import { Box, Card, Stack, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { money } from './money.ts';
import { useTexts } from './texts.ts';
import type { SpendRow } from './types.ts';

const MEASURES = ['cost', 'calls', 'errors', 'latency'] as const;
type Measure = (typeof MEASURES)[number];

interface Bar {
  readonly date: string;
  readonly value: number;
}

function valueOf(row: SpendRow, measure: Measure): number {
  if (measure === 'cost') return row.cost_micros;
  return measure === 'latency' ? (row.p95_ms ?? 0) : row[measure];
}

/** A bar for each day of a period, days without calls included. */
export function barsOf(days: readonly SpendRow[], period: { readonly since: string; readonly until: string }, measure: Measure): readonly Bar[] {
  const found = new Map<string, number>();
  for (const row of days) {
    const before = found.get(row.key) ?? 0;
    const value = valueOf(row, measure);
    found.set(row.key, measure === 'latency' ? Math.max(before, value) : before + value);
  }
  const length = Math.round((Date.parse(period.until) - Date.parse(period.since)) / 86_400_000) + 1;
  return Array.from({ length }, (_, index) => {
    const date = new Date(Date.parse(period.since) + index * 86_400_000).toISOString().slice(0, 10);
    return { date, value: found.get(date) ?? 0 };
  });
}

interface DayChartProps {
  readonly days: readonly SpendRow[];
  readonly period: { readonly since: string; readonly until: string };
}

/** How a measure went day by day; each bar says its day and value. */
export function DayChart({ days, period }: DayChartProps): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const free = days.every(({ cost_micros: micros }) => micros === 0);
  const [chosen, setMeasure] = useState<Measure>();
  const measure = chosen ?? (free ? 'calls' : 'cost');
  const currencies = [...new Set(days.map(({ currency }) => currency))];
  const [first = 'USD'] = currencies;
  // Money of two currencies is no sum: the chart shows the first, the table below shows all.
  const bars = barsOf(measure === 'cost' ? days.filter(({ currency }) => currency === first) : days, period, measure);
  const highest = Math.max(1, ...bars.map(({ value }) => value));
  const written = (value: number): string => {
    if (measure === 'cost') return money(format, value, first);
    return measure === 'latency' ? t('admin.spend.ms', { ms: format.number(value) }) : format.number(value);
  };
  const day = (date: string): string => format.date(`${date}T12:00:00Z`, { day: 'numeric', month: 'short' });
  return (
    <Card component="section" aria-label={t('admin.spend.by_day')} sx={{ p: { xs: 2, sm: 3 } }}>
      <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', mb: 2 }}>
        <Typography variant="h4" component="h2">
          {t('admin.spend.by_day')}
        </Typography>
        <ToggleButtonGroup exclusive size="small" value={measure} aria-label={t('admin.spend.measure')} onChange={(_, next: Measure | null) => next !== null && setMeasure(next)}>
          {MEASURES.map((each) => (
            <ToggleButton key={each} value={each}>
              {t(`admin.spend.measures.${each}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </Stack>
      <Typography variant="body2" color="textSecondary" aria-hidden>
        {t('admin.spend.highest', { value: written(bars.some(({ value }) => value > 0) ? highest : 0) })}
      </Typography>
      <Box component="ol" aria-label={t(`admin.spend.measures.${measure}`)} sx={{ m: 0, p: 0, mt: 1, height: 180, listStyle: 'none', display: 'flex', alignItems: 'flex-end', gap: bars.length > 40 ? '1px' : '3px', borderBottom: '1px solid var(--ql-color-edge)' }}>
        {bars.map(({ date, value }) => (
          <Box
            key={date}
            component="li"
            title={`${day(date)}: ${written(value)}`}
            sx={{ flex: '1 1 0', minWidth: 0, height: '100%', display: 'flex', alignItems: 'flex-end', position: 'relative', '&:hover > span': { background: 'var(--ql-color-primary-ink)' } }}
          >
            <Box
              component="span"
              aria-hidden
              sx={{ width: '100%', borderRadius: '3px 3px 0 0', background: 'var(--ql-color-primary)' }}
              style={{ height: value === 0 ? 0 : `max(3px, ${(100 * value) / highest}%)` }}
            />
            <Box component="span" sx={{ position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' }}>
              {day(date)}: {written(value)}
            </Box>
          </Box>
        ))}
      </Box>
      <Stack direction="row" aria-hidden sx={{ justifyContent: 'space-between', mt: 0.5 }}>
        {[period.since, period.until].map((each) => (
          <Typography key={each} variant="caption" color="textSecondary">
            {day(each)}
          </Typography>
        ))}
      </Stack>
    </Card>
  );
}
