import { Drawer, List, ListItem, ListItemButton, ListItemIcon, ListItemText, ListSubheader } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../../design/theme/tokens.ts';
import { useConsoleSections } from '../console/sections.tsx';
import type { NavigationItem } from './navigation.tsx';

interface MoreSheetProps {
  readonly items: readonly NavigationItem[];
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The pages that have no room at the lower edge of a phone. */
export default function MoreSheet({ items, open, onClose }: MoreSheetProps): ReactNode {
  const { t } = useTranslation();
  const sheet = {
    'aria-label': t('shell.more'),
    sx: { maxHeight: '85dvh', borderRadius: 'var(--ql-radius-hero) var(--ql-radius-hero) 0 0', pb: 'env(safe-area-inset-bottom)' },
  };
  const sections = [{ key: 'main', title: undefined, items }, ...useConsoleSections()];
  return (
    <Drawer anchor="bottom" open={open} onClose={onClose} slotProps={{ paper: sheet }}>
      {sections
        .filter((section) => section.items.length > 0)
        .map((section) => (
          <List
            key={section.key}
            sx={{ px: 1.5, py: 0.75 }}
            aria-label={section.title}
            subheader={
              section.title !== undefined && (
                <ListSubheader component="div" aria-hidden disableSticky sx={{ background: 'none', color: color('muted'), lineHeight: 2.5 }}>
                  {section.title}
                </ListSubheader>
              )
            }
          >
            {section.items.map((item) => (
              <ListItem key={item.key} disablePadding>
                <ListItemButton href={item.to} onClick={onClose}>
                  <ListItemIcon sx={{ minWidth: 44 }}>{item.icon}</ListItemIcon>
                  <ListItemText primary={item.label} />
                </ListItemButton>
              </ListItem>
            ))}
          </List>
        ))}
    </Drawer>
  );
}
