import { Box, List, ListItem, ListItemButton, ListItemIcon, ListItemText, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { Brand } from '../../design/components/Brand.tsx';
import { border, color } from '../../design/theme/tokens.ts';
import { type NavigationItem, isCurrent, useAdminItems, useMainItems } from './navigation.tsx';

function Entry({ item }: { readonly item: NavigationItem }): ReactNode {
  const { pathname } = useLocation();
  const current = isCurrent(item, pathname);
  return (
    <ListItem disablePadding>
      <ListItemButton
        href={item.to}
        selected={current}
        aria-current={current ? 'page' : undefined}
        sx={{ px: 1.75, color: current ? undefined : color('muted'), '&:hover': { color: color('ink') } }}
      >
        <ListItemIcon sx={{ minWidth: 40, color: 'inherit' }}>{item.icon}</ListItemIcon>
        <ListItemText primary={item.label} slotProps={{ primary: { variant: 'subtitle2', noWrap: true } }} />
      </ListItemButton>
    </ListItem>
  );
}

const list = { display: 'grid', gap: 0.5, p: 0 } as const;

/** The navigation at the left edge of a wide screen. */
export function SideNavigation(): ReactNode {
  const { t } = useTranslation();
  const main = useMainItems();
  const admin = useAdminItems();
  const adminTitle = useId();
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
        top: 0,
        height: '100dvh',
        overflowY: 'auto',
        px: 2,
        py: 2.5,
        borderInlineEnd: border(),
      }}
    >
      <Box sx={{ px: 1 }}>
        <Brand />
      </Box>
      <List sx={list}>
        {main.map((item) => (
          <Entry key={item.key} item={item} />
        ))}
      </List>
      {admin.length > 0 && (
        <Box>
          <Typography
            id={adminTitle}
            variant="overline"
            component="p"
            sx={{ px: 1.75, mb: 0.5, color: color('muted') }}
          >
            {t('shell.admin')}
          </Typography>
          <List aria-labelledby={adminTitle} sx={list}>
            {admin.map((item) => (
              <Entry key={item.key} item={item} />
            ))}
          </List>
        </Box>
      )}
    </Box>
  );
}
