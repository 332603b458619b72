import { Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { Panel } from '../../design/components/Panel.tsx';
import { color } from '../../design/theme/tokens.ts';

interface SectionProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

/** A part of a privacy page: what it is about, and what can be done. */
export function Section({ title, lead, children }: SectionProps): ReactNode {
  const id = useId();
  return (
    <Panel component="section" aria-labelledby={id}>
      <Typography id={id} variant="h3" component="h2" sx={{ mb: 1 }}>
        {title}
      </Typography>
      <Typography sx={{ color: color('muted'), mb: 2.5, maxWidth: '64ch' }}>{lead}</Typography>
      {children}
    </Panel>
  );
}
