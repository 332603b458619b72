import { Box } from '@mui/material';
import { type ReactNode, Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { Brand } from '../../design/components/Brand.tsx';
import { border } from '../../design/theme/tokens.ts';
import { useMainItems, useRunsSite } from './navigation.tsx';
import { NavigationList } from './NavigationList.tsx';

const ConsoleNavigation = lazy(() => import('../console/ConsoleNavigation.tsx'));

/** The navigation at the left edge of a wide screen. */
export function SideNavigation(): ReactNode {
  const { t } = useTranslation();
  return (
    <Box
      component="nav"
      aria-label={t('shell.navigation')}
      className="ql-no-print"
      sx={{
        display: { xs: 'none', md: 'flex' },
        flexDirection: 'column',
        gap: 3,
        position: 'sticky',
        top: 'var(--ql-banner, 0px)',
        height: 'calc(100dvh - var(--ql-banner, 0px))',
        overflowY: 'auto',
        px: 2,
        py: 2.5,
        borderInlineEnd: border(),
      }}
    >
      <Box sx={{ px: 1 }}>
        <Brand />
      </Box>
      <NavigationList items={useMainItems()} />
      {useRunsSite() && (
        <Suspense fallback={null}>
          <ConsoleNavigation />
        </Suspense>
      )}
    </Box>
  );
}
