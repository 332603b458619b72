import { keyframes } from '@emotion/react';
import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { Outlet, ScrollRestoration, useNavigation } from 'react-router';
import { FeedbackLayer } from './feedback/FeedbackLayer.tsx';

const approach = keyframes({ from: { transform: 'scaleX(0)' }, to: { transform: 'scaleX(0.9)' } });

function NavigationLine(): ReactNode {
  return (
    <Box
      aria-hidden
      sx={{
        position: 'fixed',
        inset: '0 0 auto',
        height: 2,
        zIndex: 'tooltip',
        bgcolor: 'primary.main',
        transformOrigin: 'left',
        animation: `${approach} 4s cubic-bezier(0, 0.8, 0.2, 1) forwards`,
      }}
    />
  );
}

/** Around every page: the line that shows a page is on its way, messages and celebrations. */
export function RootLayout(): ReactNode {
  const navigation = useNavigation();
  return (
    <>
      {navigation.state !== 'idle' && <NavigationLine />}
      <Outlet />
      <FeedbackLayer />
      <ScrollRestoration />
    </>
  );
}
