import { Avatar, Box, IconButton } from '@mui/material';
import { useUser } from '@questline/ui-sdk';
import { visuallyHidden } from '@mui/utils';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { initials } from './initials.ts';

const UserChoices = lazy(() => import('./UserChoices.tsx'));

/** The button that opens the signed-in person's menu; the menu's code comes with the first click. */
export function UserMenu(): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (user === null) return null;
  return (
    <>
      <IconButton
        title={user.display_name}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ p: 0.5 }}
      >
        <Avatar aria-hidden src={user.avatar_url ?? undefined} alt="" sx={{ width: 38, height: 38 }}>
          {initials(user.display_name)}
        </Avatar>
        <Box component="span" sx={visuallyHidden}>
          {t('shell.user_menu', { name: user.display_name })}
        </Box>
      </IconButton>
      {anchor !== null && (
        <Suspense fallback={null}>
          <UserChoices user={user} anchor={anchor} onClose={() => setAnchor(null)} />
        </Suspense>
      )}
    </>
  );
}
