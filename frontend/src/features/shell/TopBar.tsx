import { Box } from '@mui/material';
import { Slot } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { Brand } from '../../design/components/Brand.tsx';
import { color } from '../../design/theme/tokens.ts';
import { LanguageMenu } from './LanguageMenu.tsx';
import { SchemeToggle } from './SchemeToggle.tsx';
import { UserMenu } from './UserMenu.tsx';

/** The line at the top of every page: the site on a phone, what plugins show, and the person's menu. */
export function TopBar(): ReactNode {
  return (
    <Box
      component="header"
      className="ql-no-print"
      sx={{
        position: 'sticky',
        top: 'var(--ql-banner, 0px)',
        zIndex: 'appBar',
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'flex-end',
        gap: { xs: 0.25, sm: 1 },
        minHeight: 64,
        px: { xs: 2, md: 3, lg: 4 },
        background: `color-mix(in srgb, ${color('background')} 86%, transparent)`,
        backdropFilter: 'blur(14px) saturate(1.4)',
      }}
    >
      <Box sx={{ display: { md: 'none' }, mr: 'auto' }}>
        <Brand compact />
      </Box>
      <Slot name="app.header" />
      <Box sx={{ display: { xs: 'none', sm: 'contents' } }}>
        <LanguageMenu />
      </Box>
      <SchemeToggle />
      <UserMenu />
    </Box>
  );
}
