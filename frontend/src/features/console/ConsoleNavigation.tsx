import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { NavigationList } from '../shell/NavigationList.tsx';
import { useConsoleSections } from './sections.tsx';

/** The console's pages in the navigation at the left edge. */
export default function ConsoleNavigation(): ReactNode {
  return (
    <Box sx={{ display: 'grid', gap: 2.5 }}>
      {useConsoleSections().map(({ key, title, items }) => (
        <NavigationList key={key} title={title} items={items} />
      ))}
    </Box>
  );
}
