import { Box, Stack, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { color, radius } from '../theme/tokens.ts';
import { type ActivityDay, noon, toWeeks } from './weeks.ts';

type Heat = 0 | 1 | 2 | 3 | 4;

const LEGEND: readonly Heat[] = [0, 1, 2, 3, 4];

function heatOf(count: number): Heat {
  if (count <= 0) return 0;
  if (count <= 1) return 1;
  if (count <= 3) return 2;
  return count <= 6 ? 3 : 4;
}

function Cell({ heat, title }: { readonly heat: Heat; readonly title?: string }): ReactNode {
  return (
    <Box
      title={title}
      sx={{
        aspectRatio: '1',
        width: '100%',
        borderRadius: `min(${radius('small')}, 5px)`,
        background: color(`heat-${heat}`),
      }}
    />
  );
}

/** How active the learner was on each of the last days, a column a week. */
export function ActivityHeatmap({ days }: { readonly days: readonly ActivityDay[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const weeks = toWeeks(days);
  const active = days.filter((day) => day.count > 0).length;
  const date = (day: ActivityDay): string => format.date(noon(day.date), { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <Box>
      <Box
        role="img"
        aria-label={t('design.heatmap_summary', { count: active, total: days.length })}
        sx={{
          display: 'grid',
          gridTemplateColumns: `repeat(${weeks.length}, minmax(0, 1fr))`,
          gap: '4px',
          maxWidth: weeks.length * 26,
        }}
      >
        {weeks.map((week, column) => (
          <Box
            key={week.find((day) => day !== null)?.date ?? column}
            sx={{ display: 'grid', gap: '4px', alignContent: 'start' }}
          >
            {week.map((day, row) =>
              day === null ? (
                <Box key={`empty-${String(row)}`} sx={{ aspectRatio: '1' }} />
              ) : (
                <Cell
                  key={day.date}
                  heat={heatOf(day.count)}
                  title={t('design.heatmap_day', { count: day.count, date: date(day) })}
                />
              ),
            )}
          </Box>
        ))}
      </Box>
      <Stack direction="row" aria-hidden sx={{ alignItems: 'center', gap: 0.5, mt: 1.5, color: color('muted') }}>
        <Typography variant="caption" sx={{ mr: 0.5 }}>
          {t('design.heatmap_less')}
        </Typography>
        {LEGEND.map((heat) => (
          <Box key={heat} sx={{ width: 14 }}>
            <Cell heat={heat} />
          </Box>
        ))}
        <Typography variant="caption" sx={{ ml: 0.5 }}>
          {t('design.heatmap_more')}
        </Typography>
      </Stack>
    </Box>
  );
}
