import { Avatar, Chip, Stack, Typography } from '@mui/material';
import { Page, Slot, useFormat, useUser } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../design/components/Panel.tsx';
import { color } from '../../design/theme/tokens.ts';
import { initials } from '../shell/initials.ts';
import { ProfileForm } from './ProfileForm.tsx';

/** The signed-in person: who they are, what they change about it, what plugins know of them. */
export default function ProfilePage(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const user = useUser();
  if (user === null) return null;
  return (
    <Page title={t('profile.title')} maxWidth="md">
      <Stack
        component="header"
        direction={{ xs: 'column', sm: 'row' }}
        sx={{ alignItems: { sm: 'center' }, gap: { xs: 2, sm: 3 }, mb: 4 }}
      >
        <Avatar src={user.avatar_url?.replace(/-96\.webp$/u, '-320.webp')} alt="" sx={{ width: 96, height: 96, fontSize: '2rem' }}>
          {initials(user.display_name)}
        </Avatar>
        <Stack sx={{ gap: 0.5, alignItems: 'flex-start', minWidth: 0 }}>
          <Typography variant="h2" component="h1">
            {user.display_name}
          </Typography>
          <Typography sx={{ color: color('muted') }}>{user.email}</Typography>
          <Stack direction="row" sx={{ gap: 1.5, mt: 0.5, alignItems: 'center', flexWrap: 'wrap' }}>
            <Chip color="primary" size="small" label={t(`profile.role_${user.role}`)} />
            <Typography variant="body2" sx={{ color: color('muted') }}>
              {t('profile.since', { date: format.date(user.created_at, { dateStyle: 'long' }) })}
            </Typography>
          </Stack>
        </Stack>
      </Stack>
      <Stack sx={{ gap: 3 }}>
        <Slot name="profile.main" />
        <Panel component="section" aria-labelledby="profile-form">
          <Typography id="profile-form" variant="h3" component="h2" sx={{ mb: 2.5 }}>
            {t('profile.details')}
          </Typography>
          <ProfileForm key={user.id} user={user} />
        </Panel>
      </Stack>
    </Page>
  );
}
