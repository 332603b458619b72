import { Box, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { color } from '../../design/theme/tokens.ts';

interface SettingProps {
  readonly title: string;
  readonly hint?: string;
  /** Draws the control, given the id of the title that names it. */
  readonly children: (titleId: string) => ReactNode;
}

/** One setting: its name and meaning on the left, its control on the right. */
export function Setting({ title, hint, children }: SettingProps): ReactNode {
  const id = useId();
  return (
    <Box
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: 2, py: 2 }}
    >
      <Box sx={{ flex: '1 1 240px' }}>
        <Typography variant="subtitle2" id={id} sx={{ fontSize: '1rem' }}>
          {title}
        </Typography>
        {hint !== undefined && (
          <Typography variant="body2" sx={{ color: color('muted') }}>
            {hint}
          </Typography>
        )}
      </Box>
      {children(id)}
    </Box>
  );
}
