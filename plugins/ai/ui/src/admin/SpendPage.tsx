import { Box, Button, MenuItem, Stack, TextField } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, authorizedFetch, useNotify } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { csvPath, useAiGetSpendQuery } from './api.ts';
import { DayChart } from './DayChart.tsx';
import { Frame } from './Frame.tsx';
import { SpendTable } from './SpendTable.tsx';
import { useTexts } from './texts.ts';
import { Totals } from './Totals.tsx';
import type { SpendGroup } from './types.ts';

const GROUPS: readonly SpendGroup[] = ['provider', 'model', 'template', 'course', 'placement'];
const PERIODS = [7, 30, 90] as const;

/** The first and the last day of the last so many, as the server counts them. */
export function periodOf(days: number, now: Date): { readonly since: string; readonly until: string } {
  const day = (back: number): string => new Date(now.getTime() - back * 86_400_000).toISOString().slice(0, 10);
  return { since: day(days - 1), until: day(0) };
}

async function download(path: string, name: string): Promise<boolean> {
  const response = await authorizedFetch(path).catch(() => undefined);
  if (response?.ok !== true) return false;
  const url = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
  return true;
}

/** What AI cost, how fast it answered and what failed. */
export default function SpendPage(): ReactNode {
  const t = useTexts();
  const notify = useNotify();
  const [by, setBy] = useState<SpendGroup>('provider');
  const [days, setDays] = useState<number>(30);
  const [today] = useState(() => new Date());
  const period = periodOf(days, today);
  const { data, error, refetch, isFetching } = useAiGetSpendQuery({ by, ...period });
  const onCsv = async (): Promise<void> => {
    const ok = await download(csvPath(period.since, period.until), `ai-spend-${period.since}-${period.until}.csv`);
    if (!ok) notify({ message: t('admin.spend.csv_failed'), severity: 'error' });
  };
  const actions = (
    <Button variant="outlined" onClick={() => void onCsv()}>
      {t('admin.spend.csv')}
    </Button>
  );
  return (
    <Frame page="spend" actions={actions}>
      <Stack direction="row" sx={{ gap: 2, mb: 3, flexWrap: 'wrap' }}>
        <TextField select size="small" label={t('admin.spend.period')} value={days} onChange={(event) => setDays(Number(event.target.value))} sx={{ minWidth: 160 }}>
          {PERIODS.map((each) => (
            <MenuItem key={each} value={each}>
              {t('admin.spend.days', { count: each })}
            </MenuItem>
          ))}
        </TextField>
        <TextField select size="small" label={t('admin.spend.by')} value={by} onChange={(event) => setBy(event.target.value as SpendGroup)} sx={{ minWidth: 160 }}>
          {GROUPS.map((each) => (
            <MenuItem key={each} value={each}>
              {t(`admin.spend.group.${each}`)}
            </MenuItem>
          ))}
        </TextField>
      </Stack>
      {data === undefined && (error === undefined ? <LoadingState lines={3} height={120} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {data !== undefined && data.totals.length === 0 && <EmptyState role="status" title={t('admin.spend.none')} description={t('admin.spend.none_detail')} />}
      {data !== undefined && data.totals.length > 0 && (
        <Box aria-busy={isFetching} sx={{ display: 'grid', gap: 3, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <Totals totals={data.totals} />
          <DayChart days={data.days} period={period} />
          <SpendTable rows={data.rows} by={by} />
        </Box>
      )}
    </Frame>
  );
}
