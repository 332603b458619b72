import AddRounded from '@mui/icons-material/AddRounded';
import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import { Box, Button, Chip, Stack, Typography } from '@mui/material';
import { ErrorState, LoadingState, Page, PageHeader, useCan, useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import { useNavigate, useParams } from 'react-router';
import { Panel } from '../../design/components/Panel.tsx';
import { Section } from '../../design/components/Section.tsx';
import { color, font } from '../../design/theme/tokens.ts';
import { ConfirmDialog } from '../extensions/ConfirmDialog.tsx';
import {
  type ServiceAccountDetails,
  rolesApi,
  useChangeServiceAccountMutation,
  useCreateServiceAccountKeyMutation,
  useDeleteServiceAccountMutation,
  useGetServiceAccountQuery,
  useRevokeApiKeyMutation,
  useRotateApiKeyMutation,
} from '../roles/api.ts';
import { GrantDialog } from '../roles/GrantDialog.tsx';
import { GrantList } from '../roles/GrantList.tsx';
import { Prover } from '../roles/Prover.tsx';
import { TEXTS } from '../roles/texts.ts';
import { AccountDialog } from './AccountDialog.tsx';
import { KeyDialog } from './KeyDialog.tsx';
import { KeyList } from './KeyList.tsx';
import { KeyShown } from './KeyShown.tsx';

/** A service account: what it may do, and the keys it comes in with. */
export default function ServiceAccountPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { accountId = '' } = useParams();
  const { data, error, refetch } = useGetServiceAccountQuery(accountId);
  return (
    <Page title={data?.account.name ?? t('service_account')}>
      <Button href="/admin/keys" startIcon={<ArrowBackRounded />} sx={{ mb: 1, ml: -1.75 }}>
        {t('keys')}
      </Button>
      {data === undefined && error === undefined && <LoadingState lines={4} height={96} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <Prover>
          <Account details={data} />
        </Prover>
      )}
    </Page>
  );
}

function Account({ details }: { readonly details: ServiceAccountDetails }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const notify = useNotify();
  const message = useProblemMessage();
  const { account } = details;
  const [open, setOpen] = useState<'edit' | 'delete'>();
  const [change, { isLoading }] = useChangeServiceAccountMutation();
  const suspended = account.status === 'suspended';
  const toggle = async (): Promise<void> => {
    const { name, description } = account;
    const answer = await change({
      accountId: account.id,
      changeServiceAccount: { name, description, status: suspended ? 'active' : 'suspended' },
    });
    if (answer.error !== undefined) notify({ message: message(answer.error), severity: 'error' });
  };
  const actions = (
    <>
      <Button variant="outlined" onClick={() => setOpen('edit')}>
        {t('edit')}
      </Button>
      <Button variant="outlined" loading={isLoading} onClick={() => void toggle()}>
        {t(suspended ? 'account.let_in' : 'account.suspend')}
      </Button>
      <Button variant="outlined" color="error" onClick={() => setOpen('delete')}>
        {t('delete')}
      </Button>
    </>
  );
  return (
    <>
      <PageHeader title={account.name} description={account.description} actions={actions} />
      <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', columnGap: 1.5, rowGap: 0.5, mb: 3 }}>
        {suspended && <Chip size="small" color="warning" label={t('account.suspended')} />}
        <Typography variant="body2" sx={{ color: color('muted'), overflowWrap: 'anywhere' }}>
          {t('account.client_id')} <Box component="code" sx={{ fontFamily: font('mono') }}>{account.id}</Box>
          {' · '}
          {account.created_by === null
            ? t('since', { date: format.date(account.created_at) })
            : t('since_by', { date: format.date(account.created_at), name: account.created_by.name })}
        </Typography>
      </Stack>
      <Box sx={{ display: 'grid', alignItems: 'start', gap: 3, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 3fr) minmax(0, 2fr)' } }}>
        <AccountKeys details={details} />
        <AccountRoles details={details} />
      </Box>
      {open === 'edit' && <AccountDialog account={account} onClose={() => setOpen(undefined)} onSaved={() => setOpen(undefined)} />}
      {open === 'delete' && <DeleteAccount details={details} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function AccountKeys({ details }: { readonly details: ServiceAccountDetails }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const accountId = details.account.id;
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<string>();
  const [create] = useCreateServiceAccountKeyMutation();
  const [rotate] = useRotateApiKeyMutation();
  const [revoke] = useRevokeApiKeyMutation();
  const make = details.account.status === 'active' && (
    <Button variant="outlined" startIcon={<AddRounded />} onClick={() => setMaking(true)}>
      {t('key.new')}
    </Button>
  );
  return (
    <Panel>
      <Section title={t('key.list')} size="card" action={make}>
        {details.keys.length === 0 && <Typography sx={{ color: color('muted') }}>{t('key.none')}</Typography>}
        <KeyList
          keys={details.keys}
          rotates={() => true}
          rotate={(keyId) => rotate({ keyId, rotateKey: {} })}
          revoke={(keyId) => revoke(keyId)}
        />
      </Section>
      {making && (
        <KeyDialog
          among={new Set(details.permissions)}
          make={(newApiKey) => create({ accountId, newApiKey })}
          onMade={(text) => {
            setMaking(false);
            setShown(text);
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {shown !== undefined && <KeyShown text={shown} onClose={() => setShown(undefined)} />}
    </Panel>
  );
}

function AccountRoles({ details }: { readonly details: ServiceAccountDetails }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const manages = useCan()('tenant.roles.manage');
  const [giving, setGiving] = useState(false);
  const { account, grants } = details;
  const give = manages && (
    <Button variant="outlined" startIcon={<AddRounded />} onClick={() => setGiving(true)}>
      {t('grant')}
    </Button>
  );
  return (
    <Panel>
      <Section title={t('title')} size="card" action={give}>
        {grants.length === 0 ? (
          <Typography sx={{ color: color('muted') }}>{t('account.no_roles')}</Typography>
        ) : (
          <GrantList grants={grants} manages={manages} />
        )}
      </Section>
      {giving && <GrantDialog subject={{ kind: 'service', id: account.id, name: account.name, email: null }} onClose={() => setGiving(false)} />}
    </Panel>
  );
}

function DeleteAccount({ details, onClose }: { readonly details: ServiceAccountDetails; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const navigate = useNavigate();
  const dispatch = useDispatch();
  const [remove, { isLoading, error }] = useDeleteServiceAccountMutation();
  const confirm = async (): Promise<void> => {
    const answer = await remove(details.account.id);
    if (answer.error !== undefined) return;
    await navigate('/admin/keys');
    dispatch(rolesApi.util.invalidateTags(['Keys', 'Roles', 'Grants']));
  };
  return (
    <ConfirmDialog
      title={t('account.delete_title', { name: details.account.name })}
      action={t('delete')}
      stops
      busy={isLoading}
      problem={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Typography>{t('account.delete_text')}</Typography>
    </ConfirmDialog>
  );
}
