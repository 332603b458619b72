import { Box, List, ListItem, ListItemButton, ListItemIcon, ListItemText, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { useLocation } from 'react-router';
import { color } from '../../design/theme/tokens.ts';
import { type NavigationItem, isCurrent } from './navigation.tsx';

interface NavigationListProps {
  readonly items: readonly NavigationItem[];
  readonly title?: string;
}

/** Pages below each other, under a title where they have one. */
export function NavigationList({ items, title }: NavigationListProps): ReactNode {
  const { pathname } = useLocation();
  const titleId = useId();
  return (
    <Box>
      {title !== undefined && (
        <Typography id={titleId} variant="overline" component="p" sx={{ px: 1.75, mb: 0.5, color: color('muted') }}>
          {title}
        </Typography>
      )}
      <List aria-labelledby={title === undefined ? undefined : titleId} sx={{ display: 'grid', gap: 0.5, p: 0 }}>
        {items.map((item) => {
          const current = isCurrent(item, pathname);
          return (
            <ListItem key={item.key} disablePadding>
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
        })}
      </List>
    </Box>
  );
}
