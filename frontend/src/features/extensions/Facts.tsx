import { Box, Typography } from '@mui/material';
import { Fragment, type ReactNode } from 'react';
import { color, weight } from '../../design/theme/tokens.ts';

interface FactsProps {
  readonly facts: readonly { readonly name: string; readonly value: ReactNode }[];
}

/** Names and values, one under the other. */
export function Facts({ facts }: FactsProps): ReactNode {
  return (
    <Box component="dl" sx={{ display: 'grid', gap: 0.25, m: 0 }}>
      {facts.map(({ name, value }) => (
        <Fragment key={name}>
          <Typography component="dt" variant="body2" sx={{ color: color('muted'), mt: 1.25, '&:first-of-type': { mt: 0 } }}>
            {name}
          </Typography>
          <Box component="dd" sx={{ m: 0, fontWeight: weight('strong'), overflowWrap: 'anywhere' }}>
            {value}
          </Box>
        </Fragment>
      ))}
    </Box>
  );
}
