import CheckRounded from '@mui/icons-material/CheckRounded';
import PriorityHighRounded from '@mui/icons-material/PriorityHighRounded';
import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { color, radius, weight } from '../../design/theme/tokens.ts';
import { type Judged, isPoor, shownRatio } from './contrast.ts';
import { useColorLabel } from './useColorLabel.ts';

/** The contrast of a colour's closest pair: its ratio, and whether that is enough. */
export function ContrastBadge({ judged }: { readonly judged: Judged }): ReactNode {
  const { t } = useTranslation('theming');
  const label = useColorLabel();
  const poor = isPoor(judged);
  const { pair, ratio } = judged;
  const text = t(poor ? 'contrast_poor' : 'contrast_good', {
    color: label(pair.color),
    ground: label(pair.ground),
    ratio: shownRatio(ratio),
    least: pair.least,
  });
  const tone = poor ? 'danger' : 'success';
  return (
    <Box
      component="span"
      role="img"
      aria-label={text}
      title={text}
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        justifyContent: 'center',
        gap: 0.25,
        minWidth: 58,
        height: 26,
        px: 0.75,
        borderRadius: radius('pill'),
        background: color(`${tone}-soft`),
        color: color(`${tone}-ink`),
        fontSize: '0.8125rem',
        fontWeight: weight('strong'),
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      {poor ? <PriorityHighRounded sx={{ fontSize: 15 }} /> : <CheckRounded sx={{ fontSize: 15 }} />}
      {shownRatio(ratio)}
    </Box>
  );
}
