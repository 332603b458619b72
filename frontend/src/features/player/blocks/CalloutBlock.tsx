import KeyRounded from '@mui/icons-material/KeyRounded';
import LightbulbRounded from '@mui/icons-material/LightbulbRounded';
import ScienceRounded from '@mui/icons-material/ScienceRounded';
import StickyNote2Rounded from '@mui/icons-material/StickyNote2Rounded';
import WarningRounded from '@mui/icons-material/WarningRounded';
import { Box, Stack, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Prose } from '../../../design/components/Prose.tsx';
import { type Tone, color, radius } from '../../../design/theme/tokens.ts';

const LOOKS: Readonly<Record<string, readonly [Tone, ReactNode]>> = {
  note: ['info', <StickyNote2Rounded key="note" />],
  tip: ['success', <LightbulbRounded key="tip" />],
  warning: ['danger', <WarningRounded key="warning" />],
  example: ['primary', <ScienceRounded key="example" />],
  key: ['points', <KeyRounded key="key" />],
};

interface CalloutBlockProps {
  readonly tone: string;
  readonly title: string | undefined;
  readonly html: string;
}

/** Text set apart from the rest: a note, a tip, a warning, an example or the key idea. */
export function CalloutBlock({ tone, title, html }: CalloutBlockProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const known = tone in LOOKS ? tone : 'note';
  const [family, icon] = LOOKS[known] ?? ['info', null];
  const name = t(`player.tone_${known}`);
  return (
    <Box
      component="aside"
      aria-labelledby={id}
      sx={{
        p: { xs: 2.25, sm: 3 },
        borderRadius: radius('card'),
        background: color(`${family}-soft`),
        border: `var(--ql-border-card) solid color-mix(in srgb, ${color(family)} 28%, transparent)`,
      }}
    >
      <Stack direction="row" id={id} sx={{ alignItems: 'center', gap: 1.25, mb: 1, color: color(`${family}-ink`) }}>
        <Box aria-hidden sx={{ display: 'grid' }}>
          {icon}
        </Box>
        <Typography component="p" variant="overline">
          {name}
        </Typography>
      </Stack>
      {title !== undefined && title !== '' && (
        <Typography variant="h4" component="p" sx={{ mb: 0.75 }}>
          {title}
        </Typography>
      )}
      <Prose html={html} sx={{ fontSize: '1.0625rem', lineHeight: 1.6 }} />
    </Box>
  );
}
