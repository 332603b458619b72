import { Avatar, IconButton } from '@mui/material';
import { useUser } from '@questline/ui-sdk';
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
  const letters = initials(user.display_name);
  return (
    <>
      <IconButton
        title={user.display_name}
        aria-label={t('shell.user_menu', { name: user.display_name, initials: letters })}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ p: 0.5 }}
      >
        <Avatar aria-hidden src={user.avatar_url ?? undefined} alt="" sx={{ width: 38, height: 38 }}>
          {letters}
        </Avatar>
      </IconButton>
      {anchor !== null && (
        <Suspense fallback={null}>
          <UserChoices user={user} anchor={anchor} onClose={() => setAnchor(null)} />
        </Suspense>
      )}
    </>
  );
}
