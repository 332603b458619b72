import { Box, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { border, color, radius, weight } from '../../design/theme/tokens.ts';

interface NamedListProps {
  readonly title: string;
  readonly entries: readonly { readonly key: string; readonly name: string; readonly detail?: string | undefined }[];
}

/** A short list under a line that says what it lists. */
export function NamedList({ title, entries }: NamedListProps): ReactNode {
  const id = useId();
  return (
    <Box>
      <Typography id={id} sx={{ mb: 1 }}>
        {title}
      </Typography>
      <Box
        component="ul"
        aria-labelledby={id}
        sx={{
          m: 0,
          p: 0,
          listStyle: 'none',
          border: border(),
          borderRadius: radius('control'),
          '& > li': { px: 2, py: 1.25 },
          '& > li + li': { borderTop: border() },
        }}
      >
        {entries.map(({ key, name, detail }) => (
          <li key={key}>
            <Box component="span" sx={{ fontWeight: weight('strong') }}>
              {name}
            </Box>
            {detail !== undefined && (
              <Typography variant="body2" sx={{ color: color('muted') }}>
                {detail}
              </Typography>
            )}
          </li>
        ))}
      </Box>
    </Box>
  );
}
