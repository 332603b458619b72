import { LinearProgress } from '@mui/material';
import type { ReactNode } from 'react';
import { Outlet, ScrollRestoration, useNavigation } from 'react-router';
import { FeedbackLayer } from './feedback/FeedbackLayer.tsx';

/** Around every page: the line that shows a page is on its way, messages and celebrations. */
export function RootLayout(): ReactNode {
  const navigation = useNavigation();
  return (
    <>
      {navigation.state !== 'idle' && (
        <LinearProgress
          aria-hidden
          sx={{ position: 'fixed', inset: '0 0 auto', height: 2, zIndex: (theme) => theme.zIndex.tooltip }}
        />
      )}
      <Outlet />
      <FeedbackLayer />
      <ScrollRestoration />
    </>
  );
}
