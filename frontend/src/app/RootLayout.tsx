import { keyframes } from '@emotion/react';
import { Box } from '@mui/material';
import { useUser } from '@questline/ui-sdk';
import { type ReactNode, Suspense, lazy, useSyncExternalStore } from 'react';
import { Outlet, ScrollRestoration, useNavigation } from 'react-router';
import { FeedbackLayer } from './feedback/FeedbackLayer.tsx';
import { scrollKey } from './scrollKey.ts';
import { getClosed, onClosed } from './session/closed.ts';
import { getImpersonation, onImpersonation } from './session/impersonation.ts';

const ImpersonationBanner = lazy(() => import('./session/ImpersonationBanner.tsx'));

const ClosedPage = lazy(() => import('../features/errors/ClosedPage.tsx'));

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

function Impersonated(): ReactNode {
  const impersonation = useSyncExternalStore(onImpersonation, getImpersonation);
  const user = useUser();
  if (impersonation === null || user === null) return null;
  return (
    <Suspense fallback={null}>
      <ImpersonationBanner user={user} impersonation={impersonation} />
    </Suspense>
  );
}

/** Around every page, or in its place while the site is closed: the line that shows a page is on its way, messages and celebrations. */
export function RootLayout(): ReactNode {
  const navigation = useNavigation();
  const closed = useSyncExternalStore(onClosed, getClosed);
  if (closed !== null) {
    return (
      <Suspense fallback={null}>
        <ClosedPage closed={closed} />
      </Suspense>
    );
  }
  return (
    <>
      {navigation.state !== 'idle' && <NavigationLine />}
      <Impersonated />
      <Outlet />
      <FeedbackLayer />
      <ScrollRestoration getKey={scrollKey} />
    </>
  );
}
