import { Box, Stack, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { color, radius } from '../theme/tokens.ts';

/** Activity of one day in the learner's time zone. */
export interface ActivityDay {
  /** `2026-01-31`. */
  readonly date: string;
  readonly count: number;
}

type Heat = 0 | 1 | 2 | 3 | 4;

const LEGEND: readonly Heat[] = [0, 1, 2, 3, 4];

function heatOf(count: number): Heat {
  if (count <= 0) return 0;
  if (count <= 1) return 1;
  if (count <= 3) return 2;
  return count <= 6 ? 3 : 4;
}

/** A date without a time, at noon UTC, so that no time zone moves it to another day. */
function noon(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}

/** Puts the days into weeks that begin on Monday; the first week is filled up with null. */
export function toWeeks(days: readonly ActivityDay[]): readonly (readonly (ActivityDay | null)[])[] {
  const [first] = days;
  if (first === undefined) return [];
  const missing = (noon(first.date).getUTCDay() + 6) % 7;
  const padded: (ActivityDay | null)[] = [...Array.from({ length: missing }, () => null), ...days];
  return Array.from({ length: Math.ceil(padded.length / 7) }, (_, week) => padded.slice(week * 7, week * 7 + 7));
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
          <Box key={week.find((day) => day !== null)?.date ?? column} sx={{ display: 'grid', gap: '4px', alignContent: 'start' }}>
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
