import CheckRounded from '@mui/icons-material/CheckRounded';
import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { color } from '../../design/theme/tokens.ts';

/** What somebody can do after a course or lesson. */
export function Objectives({ objectives }: { readonly objectives: readonly string[] }): ReactNode {
  return (
    <Box component="ul" sx={{ display: 'grid', gap: 1.25, m: 0, p: 0, listStyle: 'none' }}>
      {objectives.map((objective) => (
        <Box component="li" key={objective} sx={{ display: 'flex', gap: 1.25 }}>
          <CheckRounded aria-hidden sx={{ color: color('success'), fontSize: 22, mt: '1px' }} />
          <Typography>{objective}</Typography>
        </Box>
      ))}
    </Box>
  );
}
