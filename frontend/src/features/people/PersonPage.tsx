import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import { Alert, Avatar, Box, Button, Chip, Stack, TextField, Typography } from '@mui/material';
import { ErrorState, LoadingState, Page, fieldError, useCan, useFormat, useNotify, useUser } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useGetSecurityQuery } from '../../api/index.ts';
import { Panel } from '../../design/components/Panel.tsx';
import { color } from '../../design/theme/tokens.ts';
import { ProofProvider } from '../security/ProofProvider.tsx';
import { initials } from '../shell/initials.ts';
import { type AccountAction, AccountDialog } from './AccountDialogs.tsx';
import { type PersonDetails, useChangeUserMutation, useGetUserQuery, useRemoveUserAvatarMutation } from './api.ts';
import { Standing } from './PeopleTable.tsx';
import { HistoryOf, SessionsOf } from './PersonAside.tsx';
import { type ProfileDraft, ProfileFields } from './ProfileFields.tsx';
import { TEXTS } from './texts.ts';
import '../security/texts.ts';

function Head({ person, onAct }: { readonly person: PersonDetails; readonly onAct: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const mayReadRoles = useCan()('tenant.roles.read');
  const { profile } = person;
  const facts = [
    `${t('fact_since')} ${format.date(person.created_at, { dateStyle: 'long' })}`,
    `${t('fact_seen')}: ${person.last_seen_at === null ? t('never') : format.relative(person.last_seen_at)}`,
  ];
  return (
    <Stack component="header" direction={{ xs: 'column', sm: 'row' }} sx={{ alignItems: { sm: 'center' }, gap: { xs: 2, sm: 3 }, mb: 4 }}>
      <Avatar src={profile.avatar_large_url ?? undefined} alt="" sx={{ width: 96, height: 96, fontSize: '2rem' }}>
        {initials(profile.display_name)}
      </Avatar>
      <Stack sx={{ gap: 0.75, flex: 1, minWidth: 0 }}>
        <Typography variant="h2" component="h1" sx={{ overflowWrap: 'anywhere' }}>
          {profile.display_name}
        </Typography>
        <Typography sx={{ color: color('muted'), overflowWrap: 'anywhere' }}>{profile.email}</Typography>
        <Stack direction="row" sx={{ gap: 0.75, flexWrap: 'wrap' }}>
          <Standing role={person.role} status={person.status} />
          <Chip size="small" variant="outlined" label={t(person.email_verified ? 'verified' : 'unverified')} />
          {person.has_second_factor && <Chip size="small" variant="outlined" color="success" label={t('second_factor')} />}
          {!person.has_password && <Chip size="small" variant="outlined" label={t('no_password')} />}
        </Stack>
        <Typography variant="body2" sx={{ color: color('muted') }}>
          {facts.join(' · ')}
        </Typography>
      </Stack>
      {mayReadRoles && (
        <Button
          variant="outlined"
          href={`/admin/users/${profile.id}/access`}
          sx={{ alignSelf: { xs: 'flex-start', sm: 'center' } }}
        >
          {t('access')}
        </Button>
      )}
      {person.can_impersonate && (
        <Button variant="outlined" onClick={onAct} sx={{ alignSelf: { xs: 'flex-start', sm: 'center' } }}>
          {t('act_as')}
        </Button>
      )}
    </Stack>
  );
}

function ProfilePanel({ person }: { readonly person: PersonDetails }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const [change, { isLoading, error }] = useChangeUserMutation();
  const [removePicture, { isLoading: removing }] = useRemoveUserAvatarMutation();
  const [externalId, setExternalId] = useState(person.external_id ?? '');
  const { profile } = person;
  const save = async (draft: ProfileDraft): Promise<void> => {
    const body = { ...draft, fields: { ...draft.fields }, external_id: externalId };
    const answer = await change({ userId: profile.id, changePerson: body });
    if (answer.data !== undefined) {
      notify({ message: t('saved', { name: answer.data.profile.display_name }), severity: 'success' });
    }
  };
  const wrong = fieldError(error, 'external_id');
  return (
    <Panel component="section" aria-labelledby="person-profile">
      <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between', gap: 2, mb: 2.5 }}>
        <Typography id="person-profile" variant="h3" component="h2">
          {t('profile')}
        </Typography>
        {person.manageable && profile.avatar_url !== null && (
          <Button color="error" size="small" loading={removing} onClick={() => void removePicture(profile.id)}>
            {t('picture')}: {t('remove_picture')}
          </Button>
        )}
      </Stack>
      <ProfileFields
        profile={profile}
        busy={isLoading}
        error={wrong === undefined ? error : undefined}
        fixed={!person.manageable}
        onSave={(draft) => void save(draft)}
      >
        <TextField
          label={t('external_id')}
          value={externalId}
          disabled={!person.manageable}
          error={wrong !== undefined}
          helperText={wrong ?? t('external_id_hint')}
          onChange={({ target }) => setExternalId(target.value)}
        />
      </ProfileFields>
    </Panel>
  );
}

function AccountPanel({ person, onAction }: { readonly person: PersonDetails; readonly onAction: (action: AccountAction) => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const active = person.status === 'active';
  return (
    <Panel component="section" aria-labelledby="person-account">
      <Typography id="person-account" variant="h3" component="h2" sx={{ mb: 2 }}>
        {t('account')}
      </Typography>
      <Stack sx={{ gap: 1.25, alignItems: 'stretch' }}>
        <Button variant="outlined" onClick={() => onAction('email')}>
          {t('change_email')}
        </Button>
        {active && (
          <Button variant="outlined" onClick={() => onAction('reset')}>
            {t('send_reset')}
          </Button>
        )}
        <Button
          variant="outlined"
          color={active ? 'error' : 'primary'}
          onClick={() => onAction(active ? 'suspend' : 'reactivate')}
        >
          {t(active ? 'suspend' : 'reactivate')}
        </Button>
      </Stack>
    </Panel>
  );
}

/** Somebody's page: who they are, how their account stands, what may be done about it. */
export default function PersonPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { userId = '' } = useParams();
  const can = useCan();
  const me = useUser();
  const { data: person, error, refetch } = useGetUserQuery(userId);
  const security = useGetSecurityQuery(undefined, { skip: me === null });
  const [action, setAction] = useState<AccountAction | null>(null);
  const content =
    person === undefined ? null : (
      <>
        <Head person={person} onAct={() => setAction('act')} />
        {!person.manageable && can('tenant.users.manage') && (
          <Alert severity="info" sx={{ mb: 3 }}>
            {t('higher')}
          </Alert>
        )}
        <Box sx={{ display: 'grid', gridTemplateColumns: { lg: 'minmax(0, 1fr) 340px' }, gap: 3, alignItems: 'start' }}>
          <ProfilePanel key={person.profile.id} person={person} />
          <Stack sx={{ gap: 3, minWidth: 0 }}>
            {person.manageable && me?.id !== userId && <AccountPanel person={person} onAction={setAction} />}
            {person.manageable && <SessionsOf userId={userId} onEnd={() => setAction('sessions')} />}
            {can('tenant.audit.read') && <HistoryOf userId={userId} />}
          </Stack>
        </Box>
        {action !== null && <AccountDialog action={action} person={person} onClose={() => setAction(null)} />}
      </>
    );
  return (
    <Page title={person?.profile.display_name ?? t('people')}>
      <Button href="/admin/users" startIcon={<ArrowBackRounded />} sx={{ mb: 1, ml: -1.75 }}>
        {t('back')}
      </Button>
      {person === undefined && error === undefined && <LoadingState lines={4} height={120} />}
      {person === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {security.data === undefined ? content : <ProofProvider security={security.data}>{content}</ProofProvider>}
    </Page>
  );
}
