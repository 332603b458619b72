import AddRounded from '@mui/icons-material/AddRounded';
import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import { Alert, Box, Button, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { ErrorState, LoadingState, Page, PageHeader, useCan, useFormat, useNotify, useProblemMessage, useUser } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Panel } from '../../design/components/Panel.tsx';
import { Section } from '../../design/components/Section.tsx';
import { color } from '../../design/theme/tokens.ts';
import { useWithProof } from '../security/ProofProvider.tsx';
import { type UserAccess, useGetUserAccessQuery, useSetUserRoleMutation } from './api.ts';
import { Explain } from './Explain.tsx';
import { GrantDialog } from './GrantDialog.tsx';
import { GrantList } from './GrantList.tsx';
import { Prover } from './Prover.tsx';
import { TEXTS } from './texts.ts';
import { BUILT_IN, useRoleName } from './useRoleName.ts';

/** What a person is, which roles they hold beside it, and why they may do what they may. */
export default function AccessPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { userId = '' } = useParams();
  const { data, error, refetch } = useGetUserAccessQuery(userId);
  const title = data === undefined ? t('access') : t('access_of', { name: data.user.name });
  return (
    <Page title={title}>
      <Button href={`/admin/users/${userId}`} startIcon={<ArrowBackRounded />} sx={{ mb: 1, ml: -1.75 }}>
        {data?.user.name ?? t('people')}
      </Button>
      {data === undefined && error === undefined && <LoadingState lines={4} height={120} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <Prover>
          <PageHeader title={title} description={data.user.email ?? ''} />
          {data.status === 'suspended' && (
            <Alert severity="warning" sx={{ mb: 3 }}>
              {t('obstacle_suspended')}
            </Alert>
          )}
          <Box sx={{ display: 'grid', gap: 3, alignItems: 'start', gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' } }}>
            <Stack sx={{ gap: 3 }}>
              <OwnRole access={data} />
              <Beside access={data} />
            </Stack>
            <Explain userId={userId} />
          </Box>
        </Prover>
      )}
    </Page>
  );
}

function OwnRole({ access }: { readonly access: UserAccess }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const name = useRoleName();
  const user = useUser();
  const notify = useNotify();
  const message = useProblemMessage();
  const withProof = useWithProof();
  const [setRole, { isLoading }] = useSetUserRoleMutation();
  const manages = useCan()('tenant.roles.manage') && (access.manageable || access.user.id === user?.id);
  const roles = BUILT_IN.filter((each) => each === access.role || user?.role === 'owner' || (each !== 'owner' && each !== 'admin'));
  const choose = async (role: UserAccess['role']): Promise<void> => {
    const answer = await withProof(() => setRole({ userId: access.user.id, setUserRole: { role } }));
    if (answer.data !== undefined) notify({ message: t('role_set', { role: name(role) }), severity: 'success' });
    else if (answer.error !== undefined) notify({ message: message(answer.error), severity: 'error' });
  };
  const date = access.role_since === null ? '' : format.date(access.role_since);
  return (
    <Panel>
      <Section title={t('own_role')} size="card">
        <TextField
          select
          fullWidth
          label={t('role')}
          value={access.role}
          disabled={!manages || isLoading}
          onChange={({ target }) => void choose(target.value as UserAccess['role'])}
        >
          {roles.map((each) => (
            <MenuItem key={each} value={each}>
              {name(each)}
            </MenuItem>
          ))}
        </TextField>
        <Typography sx={{ mt: 1.5 }}>{t(`builtin_lead.${access.role}`)}</Typography>
        {date !== '' && (
          <Typography variant="body2" sx={{ color: color('muted'), mt: 0.5 }}>
            {access.role_by === null ? t('since', { date }) : t('since_by', { date, name: access.role_by.name })}
          </Typography>
        )}
      </Section>
    </Panel>
  );
}

function Beside({ access }: { readonly access: UserAccess }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const manages = useCan()('tenant.roles.manage');
  const [giving, setGiving] = useState(false);
  const give = manages && (
    <Button variant="outlined" startIcon={<AddRounded />} onClick={() => setGiving(true)}>
      {t('grant')}
    </Button>
  );
  return (
    <Panel>
      <Section title={t('beside')} size="card" action={give}>
        {access.grants.length === 0 ? (
          <Typography sx={{ color: color('muted') }}>{t('nothing_beside')}</Typography>
        ) : (
          <GrantList grants={access.grants} manages={manages} />
        )}
      </Section>
      {giving && <GrantDialog subject={access.user} onClose={() => setGiving(false)} />}
    </Panel>
  );
}
