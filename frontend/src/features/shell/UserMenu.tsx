import LogoutRounded from '@mui/icons-material/LogoutRounded';
import PersonRounded from '@mui/icons-material/PersonRounded';
import SettingsRounded from '@mui/icons-material/SettingsRounded';
import { Avatar, Box, Divider, IconButton, ListItemIcon, Menu, MenuItem, Tooltip, Typography } from '@mui/material';
import { useUser } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useLogOutMutation } from '../../api/index.ts';
import { closeSession } from '../../app/session/session.ts';
import { color } from '../../design/theme/tokens.ts';
import { useUserItems } from './navigation.tsx';

/** The first letters of a name, for people without a picture. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.at(0)?.toUpperCase() ?? '').join('');
}

/** The signed-in person's menu. */
export function UserMenu(): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const navigate = useNavigate();
  const [logOut] = useLogOutMutation();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const pluginItems = useUserItems();
  if (user === null) return null;
  const close = (): void => setAnchor(null);
  const leave = async (): Promise<void> => {
    close();
    await logOut();
    await closeSession();
    await navigate('/log-in');
  };
  const items = [
    { key: 'profile', to: '/profile', label: t('shell.profile'), icon: <PersonRounded fontSize="small" /> },
    { key: 'settings', to: '/settings', label: t('shell.settings'), icon: <SettingsRounded fontSize="small" /> },
    ...pluginItems,
  ];
  return (
    <>
      <Tooltip title={user.display_name}>
        <IconButton
          aria-label={t('shell.user_menu', { name: user.display_name, initials: initials(user.display_name) })}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={(event) => setAnchor(event.currentTarget)}
          sx={{ p: 0.5 }}
        >
          <Avatar aria-hidden src={user.avatar_url ?? undefined} alt="" sx={{ width: 38, height: 38 }}>
            {initials(user.display_name)}
          </Avatar>
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close} slotProps={{ paper: { sx: { minWidth: 240 } } }}>
        <Box component="li" role="presentation" sx={{ px: 2.75, pt: 1, pb: 1.5, outline: 'none' }}>
          <Typography variant="subtitle2">{user.display_name}</Typography>
          <Typography variant="body2" sx={{ color: color('muted') }}>
            {user.email}
          </Typography>
        </Box>
        <Divider component="li" sx={{ mb: 1 }} />
        {items.map((item) => (
          <MenuItem
            key={item.key}
            onClick={() => {
              close();
              void navigate(item.to);
            }}
          >
            <ListItemIcon>{item.icon}</ListItemIcon>
            {item.label}
          </MenuItem>
        ))}
        <MenuItem onClick={() => void leave()}>
          <ListItemIcon>
            <LogoutRounded fontSize="small" />
          </ListItemIcon>
          {t('shell.log_out')}
        </MenuItem>
      </Menu>
    </>
  );
}
