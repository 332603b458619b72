import { Box, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { color } from '../../design/theme/tokens.ts';

interface MessageProps {
  readonly picture: ReactNode;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
}

/** A whole page that says one thing and offers a way on. */
export function Message({ picture, title, description, children }: MessageProps): ReactNode {
  return (
    <Stack sx={{ alignItems: 'center', textAlign: 'center', px: 3, py: { xs: 6, md: 10 }, mx: 'auto', maxWidth: 620 }}>
      <Box aria-hidden sx={{ width: 'min(320px, 80%)', mb: 3 }}>
        {picture}
      </Box>
      <Typography variant="h2" component="h1">
        {title}
      </Typography>
      {description !== undefined && (
        <Typography variant="subtitle1" component="div" sx={{ mt: 1.5, color: color('muted') }}>
          {description}
        </Typography>
      )}
      <Stack direction="row" sx={{ mt: 3.5, gap: 1.5, flexWrap: 'wrap', justifyContent: 'center' }}>
        {children}
      </Stack>
    </Stack>
  );
}

/** A way that breaks off before its goal. */
export function BrokenPath(): ReactNode {
  return (
    <svg viewBox="0 0 320 130" width="100%">
      <path
        d="M16 92C60 92 60 40 104 40S150 84 172 78"
        fill="none"
        stroke={color('primary')}
        strokeWidth="5"
        strokeLinecap="round"
      />
      <path
        d="M204 60c26-14 34 22 62 10"
        fill="none"
        stroke={color('edge')}
        strokeWidth="4"
        strokeLinecap="round"
        strokeDasharray="1 12"
      />
      <circle cx="16" cy="92" r="9" fill={color('primary')} />
      <circle cx="104" cy="40" r="9" fill={color('primary')} />
      <path d="M180 92l8-10M190 60l-2-13M166 56l-9-9" stroke={color('points')} strokeWidth="4" strokeLinecap="round" />
      <circle cx="284" cy="66" r="12" fill={color('background')} stroke={color('edge')} strokeWidth="4" />
      <path d="M284 54V16" stroke={color('edge')} strokeWidth="4" strokeLinecap="round" />
      <path d="M284 16c9-6 16 5 26-1v19c-10 6-17-5-26 1z" fill={color('points')} />
    </svg>
  );
}
