import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { BottomNavigation } from './BottomNavigation.tsx';
import { MAIN_ID, RouteAnnouncer } from './RouteAnnouncer.tsx';
import { SideNavigation } from './SideNavigation.tsx';
import { TopBar } from './TopBar.tsx';

/** The frame of every page except signing in and reading a lesson. */
export default function AppShell(): ReactNode {
  const { t } = useTranslation();
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '264px minmax(0, 1fr)' },
        minHeight: '100dvh',
      }}
    >
      <a className="ql-skip-link" href={`#${MAIN_ID}`}>
        {t('shell.skip')}
      </a>
      <SideNavigation />
      <Box sx={{ minWidth: 0, pb: { xs: 'calc(76px + env(safe-area-inset-bottom))', md: 4 } }}>
        <TopBar />
        <Box component="main" id={MAIN_ID} tabIndex={-1}>
          <Outlet />
        </Box>
      </Box>
      <BottomNavigation />
      <RouteAnnouncer />
    </Box>
  );
}
