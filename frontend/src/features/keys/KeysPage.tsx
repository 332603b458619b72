import AddRounded from '@mui/icons-material/AddRounded';
import { Box, Button, Card, Chip, Link, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, Page, PageHeader, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Panel } from '../../design/components/Panel.tsx';
import { Section } from '../../design/components/Section.tsx';
import { border, color } from '../../design/theme/tokens.ts';
import {
  type ServiceAccountCard,
  useListApiKeysQuery,
  useListServiceAccountsQuery,
  useRevokeApiKeyMutation,
  useRotateApiKeyMutation,
} from '../roles/api.ts';
import { Prover } from '../roles/Prover.tsx';
import { TEXTS } from '../roles/texts.ts';
import { AccountDialog } from './AccountDialog.tsx';
import { KeyList } from './KeyList.tsx';

const ROBOT_PATH = 'M20 9V7c0-1.1-.9-2-2-2h-3c0-1.66-1.34-3-3-3S9 3.34 9 5H6c-1.1 0-2 .9-2 2v2c-1.66 0-3 1.34-3 3s1.34 3 3 3v4c0 1.1.9 2 2 2h12c1.1 0 2-.9 2-2v-4c1.66 0 3-1.34 3-3s-1.34-3-3-3M7.5 11.5c0-.83.67-1.5 1.5-1.5s1.5.67 1.5 1.5S9.83 13 9 13s-1.5-.67-1.5-1.5M16 17H8v-2h8zm-1-4c-.83 0-1.5-.67-1.5-1.5S14.17 10 15 10s1.5.67 1.5 1.5S15.83 13 15 13';

/** Service accounts, and everybody's API keys. */
export default function KeysPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const navigate = useNavigate();
  const accounts = useListServiceAccountsQuery();
  const keys = useListApiKeysQuery(undefined);
  const [rotate] = useRotateApiKeyMutation();
  const [revoke] = useRevokeApiKeyMutation();
  const [making, setMaking] = useState(false);
  const make = (
    <Button variant="contained" startIcon={<AddRounded />} onClick={() => setMaking(true)}>
      {t('account.new')}
    </Button>
  );
  const error: unknown = accounts.error ?? keys.error;
  const list = accounts.data?.service_accounts;
  return (
    <Page title={t('keys')}>
      <PageHeader title={t('keys')} description={t('keys_lead')} actions={make} />
      {error === undefined && (list === undefined || keys.data === undefined) && <LoadingState lines={5} height={72} />}
      {error !== undefined && (
        <ErrorState
          error={error}
          onRetry={() => {
            void accounts.refetch();
            void keys.refetch();
          }}
        />
      )}
      {list !== undefined && keys.data !== undefined && (
        <Prover>
          <Stack sx={{ gap: 4 }}>
            <Section title={t('account.list')}>
              {list.length === 0 ? (
                <EmptyState icon={ROBOT_PATH} title={t('account.none')} description={t('account.none_detail')} />
              ) : (
                <Card component="ul" sx={{ m: 0, p: 0, listStyle: 'none', '& > li + li': { borderTop: border() } }}>
                  {list.map((account) => (
                    <AccountRow key={account.id} account={account} />
                  ))}
                </Card>
              )}
            </Section>
            <Section title={t('key.every')}>
              {keys.data.length === 0 ? (
                <Typography sx={{ color: color('muted') }}>{t('key.none')}</Typography>
              ) : (
                <Panel sx={{ py: 1 }}>
                  <KeyList
                    withOwner
                    keys={keys.data}
                    rotates={({ owner }) => owner.kind === 'service'}
                    rotate={(keyId) => rotate({ keyId, rotateKey: {} })}
                    revoke={(keyId) => revoke(keyId)}
                  />
                </Panel>
              )}
            </Section>
          </Stack>
        </Prover>
      )}
      {making && (
        <AccountDialog onClose={() => setMaking(false)} onSaved={(account) => void navigate(`/admin/service-accounts/${account.id}`)} />
      )}
    </Page>
  );
}

function AccountRow({ account }: { readonly account: ServiceAccountCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  return (
    <Stack
      component="li"
      direction="row"
      sx={{ position: 'relative', alignItems: 'center', flexWrap: 'wrap', columnGap: 2, rowGap: 1, px: { xs: 2, sm: 2.5 }, py: 2, '&:hover': { background: color('sunken') } }}
    >
      <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
        <Typography variant="h4" component="h3" sx={{ overflowWrap: 'anywhere' }}>
          <Link
            href={`/admin/service-accounts/${account.id}`}
            underline="hover"
            sx={{ color: 'inherit', '&::after': { content: '""', position: 'absolute', inset: 0 } }}
          >
            {account.name}
          </Link>
        </Typography>
        {account.description !== '' && <Typography sx={{ color: color('muted') }}>{account.description}</Typography>}
        <Typography variant="body2" sx={{ color: color('muted') }}>
          {account.last_used_at === null ? t('key.unused') : t('key.used', { when: format.relative(account.last_used_at) })}
        </Typography>
      </Box>
      <Stack direction="row" sx={{ gap: 1 }}>
        {account.status === 'suspended' && <Chip size="small" color="warning" label={t('account.suspended')} />}
        <Chip size="small" label={t('key.count', { count: account.keys })} />
      </Stack>
    </Stack>
  );
}
