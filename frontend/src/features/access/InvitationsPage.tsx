import { Stack } from '@mui/material';
import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { InvitationList } from './InvitationList.tsx';
import { InviteForm } from './InviteForm.tsx';
import './texts.ts';

/** Inviting people, and the invitations that are open. */
export default function InvitationsPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <Page title={t('access:invitations')} maxWidth="md">
      <PageHeader title={t('access:invitations')} description={t('access:invitations_lead')} />
      <Stack sx={{ gap: 3 }}>
        <InviteForm />
        <InvitationList />
      </Stack>
    </Page>
  );
}
