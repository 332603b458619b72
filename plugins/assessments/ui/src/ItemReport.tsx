import ExpandMoreRounded from '@mui/icons-material/ExpandMoreRounded';
import { Box, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { markOf, plainText } from './answers.ts';
import { ItemCard } from './ItemCard.tsx';
import { CONTROL_BORDER, ROW, STILL, color, markColors } from './look.ts';
import { MarkIcon } from './MarkIcon.tsx';
import type { Answer, Item, ItemResult } from './types.ts';

interface ItemReportProps {
  readonly item: Item;
  readonly position: number;
  readonly answer: Answer | undefined;
  readonly result: ItemResult;
  readonly revealed: boolean;
}

const HEAD = { display: 'flex', alignItems: 'center', gap: 1.5, px: 1.75, py: 1.25, minHeight: 52 } as const;

function ignore(): void {
  // The attempt is over.
}

/** One item of a submitted attempt; opens to show what was right, where that may be shown. */
export function ItemReport({ item, position, answer, result, revealed }: ItemReportProps): ReactNode {
  const { t } = useTranslation('assessments');
  const format = useFormat();
  const mark = markOf(result);
  const head = (
    <>
      <MarkIcon mark={mark} size={22} />
      <Box component="span" sx={{ ...ROW, flex: 1, minWidth: 0 }}>
        <span>
          {position}. {plainText(item.prompt_html)}
        </span>
        <Typography component="span" variant="body2" sx={{ color: markColors(mark).ink, whiteSpace: 'nowrap', fontWeight: 'var(--ql-font-weight-strong)' }}>
          {t(result.answered ? `state.${mark}` : 'state.open')} · {format.number(result.score)}/{format.number(result.max_score)}
        </Typography>
      </Box>
    </>
  );
  const frame = { border: CONTROL_BORDER, borderColor: color('line'), borderRadius: 'var(--ql-radius-control)' };
  if (!revealed) return <Box component="li" sx={{ ...frame, ...HEAD }}>{head}</Box>;
  return (
    <Box component="li" sx={frame}>
      <Box
        component="details"
        sx={{
          '& > summary': { ...HEAD, cursor: 'pointer', listStyle: 'none', borderRadius: 'inherit' },
          '& > summary::-webkit-details-marker': { display: 'none' },
          '& > summary:focus-visible': { outline: `3px solid ${color('primary')}`, outlineOffset: 2 },
          '& .expand': { transition: 'rotate 150ms', [STILL]: { transition: 'none' } },
          '&[open] .expand': { rotate: '180deg' },
        }}
      >
        <summary>
          {head}
          <ExpandMoreRounded className="expand" aria-hidden sx={{ color: color('muted') }} />
        </summary>
        <Box sx={{ px: { xs: 1.75, sm: 2.5 }, pt: 1.5, pb: 2.5, borderTop: CONTROL_BORDER, borderColor: color('line') }}>
          <ItemCard item={item} answer={answer} feedback={result} disabled onAnswer={ignore} />
        </Box>
      </Box>
    </Box>
  );
}
