import LogoutRounded from '@mui/icons-material/LogoutRounded';
import PersonRounded from '@mui/icons-material/PersonRounded';
import SettingsRounded from '@mui/icons-material/SettingsRounded';
import ShieldRounded from '@mui/icons-material/ShieldRounded';
import VisibilityOffRounded from '@mui/icons-material/VisibilityOffRounded';
import { Box, Divider, ListItemIcon, Menu, MenuItem, Typography } from '@mui/material';
import type { User } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useLogOutMutation } from '../../api/index.ts';
import { closeSession } from '../../app/session/session.ts';
import { color } from '../../design/theme/tokens.ts';
import { useUserItems } from './navigation.tsx';

interface UserChoicesProps {
  readonly user: User;
  readonly anchor: HTMLElement;
  readonly onClose: () => void;
}

/** The signed-in person's menu: their pages, and the way out. */
export default function UserChoices({ user, anchor, onClose }: UserChoicesProps): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [logOut] = useLogOutMutation();
  const pluginItems = useUserItems();
  const leave = async (): Promise<void> => {
    await logOut();
    await closeSession();
    await navigate('/log-in');
  };
  const items = [
    { key: 'profile', to: '/profile', label: t('shell.profile'), icon: <PersonRounded fontSize="small" /> },
    { key: 'security', to: '/security', label: t('shell.security'), icon: <ShieldRounded fontSize="small" /> },
    { key: 'privacy', to: '/privacy', label: t('shell.privacy'), icon: <VisibilityOffRounded fontSize="small" /> },
    { key: 'settings', to: '/settings', label: t('shell.settings'), icon: <SettingsRounded fontSize="small" /> },
    ...pluginItems,
  ];
  return (
    <Menu anchorEl={anchor} open onClose={onClose} slotProps={{ paper: { sx: { minWidth: 240 } } }}>
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
            onClose();
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
  );
}
