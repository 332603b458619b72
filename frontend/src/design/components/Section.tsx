import { Box, Stack, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  /** Inside a card headings are smaller. */
  readonly size?: 'page' | 'card';
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page under its own heading. */
export function Section({ title, size = 'page', action, children }: SectionProps): ReactNode {
  const id = useId();
  return (
    <Box component="section" aria-labelledby={id}>
      <Stack
        direction="row"
        sx={{
          alignItems: 'center',
          justifyContent: 'space-between',
          gap: 2,
          mb: size === 'page' ? 2 : 1.5,
          minHeight: size === 'page' ? 44 : 0,
        }}
      >
        <Typography variant={size === 'page' ? 'h3' : 'h4'} component="h2" id={id}>
          {title}
        </Typography>
        {action}
      </Stack>
      {children}
    </Box>
  );
}
