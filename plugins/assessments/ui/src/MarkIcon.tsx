import CancelRounded from '@mui/icons-material/CancelRounded';
import CheckCircleRounded from '@mui/icons-material/CheckCircleRounded';
import ContrastRounded from '@mui/icons-material/ContrastRounded';
import type { ReactNode } from 'react';
import { type Mark, markColors } from './look.ts';

const ICONS = { right: CheckCircleRounded, partly: ContrastRounded, wrong: CancelRounded } as const;

/** A tick, a half circle or a cross; decorative, the text beside it says the same. */
export function MarkIcon({ mark, size = 24 }: { readonly mark: Mark; readonly size?: number }): ReactNode {
  const Icon = ICONS[mark];
  return <Icon aria-hidden sx={{ fontSize: size, flexShrink: 0, color: markColors(mark).ink }} />;
}
