import { Box, Chip, Stack, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { Panel } from '../../design/components/Panel.tsx';
import { color } from '../../design/theme/tokens.ts';

interface SecurityPanelProps {
  readonly title: string;
  readonly lead: string;
  /** How it stands, in a word. */
  readonly state?: { readonly label: string; readonly good: boolean };
  readonly children?: ReactNode;
}

/** One way of protecting the account: what it is, how it stands, what can be done. */
export function SecurityPanel({ title, lead, state, children }: SecurityPanelProps): ReactNode {
  const id = useId();
  return (
    <Panel component="section" aria-labelledby={id}>
      <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 1.5, mb: 1 }}>
        <Typography id={id} variant="h3" component="h2">
          {title}
        </Typography>
        {state !== undefined && (
          <Chip size="small" label={state.label} color={state.good ? 'success' : 'default'} variant="outlined" />
        )}
      </Stack>
      <Typography sx={{ color: color('muted'), mb: 2.5, maxWidth: '64ch' }}>{lead}</Typography>
      <Box>{children}</Box>
    </Panel>
  );
}
