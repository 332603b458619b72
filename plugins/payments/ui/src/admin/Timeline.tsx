import { Box, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { Part } from '../OrderDetails.tsx';
import type { TimelineEntry } from '../types.ts';
import { useTexts } from './texts.ts';

/** What happened to an order, one after another. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const state = (name: string): string => t(`states.${name}`, { defaultValue: name });
  return (
    <Part id="payments-timeline" title={t('admin.order.timeline')}>
      <Box component="ol" aria-labelledby="payments-timeline" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {entries.map(({ at, event, before, after, detail }) => (
          <Box
            component="li"
            key={`${at} ${event} ${before} ${after} ${detail}`}
            sx={{
              position: 'relative',
              pl: 3,
              pb: 2,
              '&:last-child': { pb: 0 },
              '&::before': { content: '""', position: 'absolute', left: 0, top: 6, width: 10, height: 10, borderRadius: '50%', background: 'var(--ql-color-primary)' },
              '&:not(:last-child)::after': { content: '""', position: 'absolute', left: '4px', top: 18, bottom: -6, width: '2px', background: 'var(--ql-color-line)' },
            }}
          >
            <Typography sx={{ fontWeight: 600 }}>
              {before !== null && after !== null ? t('admin.order.moved', { before: state(before), after: state(after) }) : t(`admin.order.events.${event}`, { defaultValue: event })}
            </Typography>
            <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
              {[format.dateTime(at), detail].filter(Boolean).join(' · ')}
            </Typography>
          </Box>
        ))}
      </Box>
    </Part>
  );
}
