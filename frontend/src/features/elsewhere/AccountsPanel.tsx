import LinkOffRounded from '@mui/icons-material/LinkOffRounded';
import { Box, Button, IconButton, Stack, Typography } from '@mui/material';
import { useFormat, useNotify } from '@questline/ui-sdk';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type ConnectedAccount,
  useBeginLinkMutation,
  useListIdentitiesQuery,
  useUnlinkIdentityMutation,
} from '../../api/account/index.ts';
import { color } from '../../design/theme/tokens.ts';
import { useWithProof } from '../security/ProofProvider.tsx';
import { SecurityPanel } from '../security/SecurityPanel.tsx';
import { ProviderIcon } from './ProviderIcon.tsx';
import { leaveFor, surroundings } from './goingAway.ts';
import './texts.ts';
import { useProblemText } from './useProblemText.ts';

const DisconnectDialog = lazy(() => import('./DisconnectDialog.tsx'));

/** The user's accounts elsewhere: connected, disconnected. Nothing where the site offers none and there are none. */
export function AccountsPanel(): ReactNode {
  const { t, i18n } = useTranslation();
  const notify = useNotify();
  const text = useProblemText();
  const withProof = useWithProof();
  const { data } = useListIdentitiesQuery();
  const [begin, { isLoading }] = useBeginLinkMutation();
  const [remove] = useUnlinkIdentityMutation();
  const [leaving, setLeaving] = useState<ConnectedAccount | null>(null);
  if (data === undefined || data.accounts.length + data.offered.length === 0) return null;
  const fail = (error: unknown): void => {
    if (error !== undefined) notify({ message: text(error), severity: 'error' });
  };
  const connect = async (provider: string): Promise<void> => {
    const answer = await withProof(() => begin({ provider, beginSignIn: surroundings(i18n.language) }));
    fail(answer.error);
    if (answer.data !== undefined) leaveFor(answer.data.url, '/security');
  };
  const disconnect = async (account: ConnectedAccount): Promise<void> => {
    setLeaving(null);
    fail((await withProof(() => remove(account.id))).error);
  };
  const count = data.accounts.length;
  const connected = new Set(data.accounts.map(({ provider }) => provider));
  const more = data.offered.filter(({ provider }) => !connected.has(provider));
  return (
    <SecurityPanel
      title={t('elsewhere:accounts')}
      lead={t('elsewhere:accounts_lead')}
      state={{ label: count === 0 ? t('elsewhere:accounts_none') : t('elsewhere:accounts_count', { count }), good: count > 0 }}
    >
      {count > 0 && (
        <Stack component="ul" sx={{ p: 0, m: 0, mb: more.length > 0 ? 2.5 : 0, gap: 1.5 }}>
          {data.accounts.map((account) => (
            <AccountRow key={account.id} account={account} onDisconnect={() => setLeaving(account)} />
          ))}
        </Stack>
      )}
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1.5 }}>
        {more.map(({ provider, label, icon }) => (
          <Button
            key={provider}
            variant="outlined"
            startIcon={<ProviderIcon path={icon} />}
            disabled={isLoading}
            onClick={() => void connect(provider)}
          >
            {t('elsewhere:connect', { label })}
          </Button>
        ))}
      </Stack>
      {leaving !== null && (
        <Suspense fallback={null}>
          <DisconnectDialog
            label={leaving.label ?? leaving.provider}
            onCancel={() => setLeaving(null)}
            onConfirm={() => void disconnect(leaving)}
          />
        </Suspense>
      )}
    </SecurityPanel>
  );
}

interface AccountRowProps {
  readonly account: ConnectedAccount;
  readonly onDisconnect: () => void;
}

function AccountRow({ account, onDisconnect }: AccountRowProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const label = account.label ?? account.provider;
  const facts = [
    t('elsewhere:linked', { date: format.date(account.linked_at) }),
    t('elsewhere:used', { when: format.relative(account.last_used_at) }),
    ...(account.label === null ? [t('elsewhere:gone')] : []),
  ];
  return (
    <Stack component="li" direction="row" sx={{ alignItems: 'center', gap: 2 }}>
      <ProviderIcon path={account.icon} />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
          {account.email === null ? label : `${label} · ${account.email}`}
        </Typography>
        <Typography variant="body2" sx={{ color: color('muted') }}>
          {facts.join(' · ')}
        </Typography>
      </Box>
      <IconButton aria-label={t('elsewhere:disconnect', { label })} onClick={onDisconnect}>
        <LinkOffRounded />
      </IconButton>
    </Stack>
  );
}
