import { Drawer, List, ListItem, ListItemButton, ListItemIcon, ListItemText } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
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
    sx: { borderRadius: 'var(--ql-radius-hero) var(--ql-radius-hero) 0 0', pb: 'env(safe-area-inset-bottom)' },
  };
  return (
    <Drawer anchor="bottom" open={open} onClose={onClose} slotProps={{ paper: sheet }}>
      <List sx={{ p: 1.5 }}>
        {items.map((item) => (
          <ListItem key={item.key} disablePadding>
            <ListItemButton href={item.to} onClick={onClose}>
              <ListItemIcon sx={{ minWidth: 44 }}>{item.icon}</ListItemIcon>
              <ListItemText primary={item.label} />
            </ListItemButton>
          </ListItem>
        ))}
      </List>
    </Drawer>
  );
}
