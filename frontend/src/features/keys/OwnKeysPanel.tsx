import { Button, Typography } from '@mui/material';
import { ErrorState, LoadingState, useUser } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../../design/theme/tokens.ts';
import {
  useCreateMyApiKeyMutation,
  useListMyApiKeysQuery,
  useRevokeMyApiKeyMutation,
  useRotateMyApiKeyMutation,
} from '../roles/api.ts';
import { TEXTS } from '../roles/texts.ts';
import { SecurityPanel } from '../security/SecurityPanel.tsx';
import { KeyDialog } from './KeyDialog.tsx';
import { KeyList } from './KeyList.tsx';
import { KeyShown } from './KeyShown.tsx';

/** One's own API keys, on the account's security page. */
export default function OwnKeysPanel(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const user = useUser();
  const { data, error, refetch } = useListMyApiKeysQuery();
  const [create] = useCreateMyApiKeyMutation();
  const [rotate] = useRotateMyApiKeyMutation();
  const [revoke] = useRevokeMyApiKeyMutation();
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<string>();
  return (
    <SecurityPanel title={t('key.mine')} lead={t('key.mine_lead')}>
      {data === undefined && error === undefined && <LoadingState lines={2} height={56} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <Typography sx={{ color: color('muted') }}>{t('key.none')}</Typography>}
      {data !== undefined && (
        <KeyList
          keys={data}
          rotates={() => true}
          rotate={(keyId) => rotate({ keyId, rotateKey: {} })}
          revoke={(keyId) => revoke(keyId)}
        />
      )}
      <Button variant="outlined" sx={{ mt: 2 }} onClick={() => setMaking(true)}>
        {t('key.new')}
      </Button>
      {making && (
        <KeyDialog
          among={new Set(user?.permissions)}
          make={(newApiKey) => create(newApiKey)}
          onMade={(text) => {
            setMaking(false);
            setShown(text);
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {shown !== undefined && <KeyShown text={shown} onClose={() => setShown(undefined)} />}
    </SecurityPanel>
  );
}
