import MoreHorizRounded from '@mui/icons-material/MoreHorizRounded';
import { Box, ButtonBase } from '@mui/material';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { usePluginLinks } from '../../app/plugins/navigation.ts';
import { border, color, font, radius } from '../../design/theme/tokens.ts';
import { type NavigationItem, isCurrent, useMainItems, useRunsSite } from './navigation.tsx';

const PLACES = 4;

const cell = {
  flex: '1 1 0',
  minWidth: 0,
  minHeight: 60,
  flexDirection: 'column',
  gap: 0.25,
  fontFamily: font('body'),
  fontSize: { xs: '0.6875rem', sm: '0.8125rem' },
  lineHeight: 1.4,
  fontWeight: 'var(--ql-font-weight-strong)',
  color: color('muted'),
  '& .ql-icon': { display: 'grid', px: 2, py: 0.375, borderRadius: radius('pill') },
  '&[aria-current="page"]': { color: color('primary-ink'), '& .ql-icon': { background: color('primary-soft') } },
  '& .ql-label': { maxWidth: '100%', px: 0.25, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
} as const;

function Cell({ item, current }: { readonly item: NavigationItem; readonly current: boolean }): ReactNode {
  return (
    <ButtonBase href={item.to} aria-current={current ? 'page' : undefined} sx={cell}>
      <span className="ql-icon">{item.icon}</span>
      <span className="ql-label">{item.label}</span>
    </ButtonBase>
  );
}

const MoreSheet = lazy(() => import('./MoreSheet.tsx'));

/** The navigation at the lower edge of a phone: the first pages, and the rest behind "More". */
export function BottomNavigation(): ReactNode {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const [opened, setOpened] = useState(false);
  const show = (): void => {
    setOpened(true);
    setOpen(true);
  };
  const items = useMainItems();
  const runsSite = useRunsSite();
  const places = runsSite || items.length > PLACES + 1 ? PLACES : PLACES + 1;
  const rest = items.slice(places);
  const managed = usePluginLinks('admin').some(({ to }) => pathname.startsWith(to));
  const inMore = managed || pathname.startsWith('/admin/') || rest.some((item) => isCurrent(item, pathname));
  return (
    <Box
      component="nav"
      aria-label={t('shell.navigation')}
      className="ql-no-print"
      sx={{
        display: { xs: 'flex', md: 'none' },
        position: 'fixed',
        insetInline: 0,
        bottom: 0,
        zIndex: 'appBar',
        px: 0.5,
        pb: 'env(safe-area-inset-bottom)',
        background: color('surface'),
        borderTop: border(),
      }}
    >
      {items.slice(0, places).map((item) => (
        <Cell key={item.key} item={item} current={isCurrent(item, pathname)} />
      ))}
      {(runsSite || rest.length > 0) && (
        <ButtonBase
          onClick={show}
          aria-haspopup="dialog"
          aria-current={inMore ? 'page' : undefined}
          sx={cell}
        >
          <span className="ql-icon">
            <MoreHorizRounded />
          </span>
          <span className="ql-label">{t('shell.more')}</span>
        </ButtonBase>
      )}
      {opened && (
        <Suspense fallback={null}>
          <MoreSheet items={rest} open={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </Box>
  );
}
