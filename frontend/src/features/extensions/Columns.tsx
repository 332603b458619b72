import { Box, Stack } from '@mui/material';
import type { ReactNode } from 'react';
import { Panel } from '../../design/components/Panel.tsx';
import { Section } from '../../design/components/Section.tsx';

interface ColumnsProps {
  readonly main: ReactNode;
  readonly aside: ReactNode;
}

/** What is worked with beside what is looked at; on a narrow screen one above the other. */
export function Columns({ main, aside }: ColumnsProps): ReactNode {
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) minmax(280px, 340px)' },
        gap: 3,
        alignItems: 'start',
      }}
    >
      <Stack sx={{ gap: 3 }}>{main}</Stack>
      <Stack sx={{ gap: 3 }}>{aside}</Stack>
    </Box>
  );
}

interface PartProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A card of a page's columns under its own heading. */
export function Part({ title, children }: PartProps): ReactNode {
  return (
    <Panel>
      <Section title={title} size="card">
        {children}
      </Section>
    </Panel>
  );
}
