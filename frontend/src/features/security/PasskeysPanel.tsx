import DeleteRounded from '@mui/icons-material/DeleteRounded';
import { Alert, Box, Button, IconButton, Stack, Typography } from '@mui/material';
import { useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Security, useAddPasskeyMutation, useBeginPasskeyMutation, useRemovePasskeyMutation } from '../../api/index.ts';
import { finishEnrolment } from '../../app/session/session.ts';
import { color } from '../../design/theme/tokens.ts';
import { createPasskey, passkeysWork } from '../auth/passkeys.ts';
import { useWithProof } from './ProofProvider.tsx';
import { RecoveryCodeList } from './RecoveryCodeList.tsx';
import { SecurityPanel } from './SecurityPanel.tsx';

interface PanelProps {
  readonly security: Security;
}

/** The user's passkeys: added with the browser's help, named by day, removed. */
export function PasskeysPanel({ security }: PanelProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const notify = useNotify();
  const message = useProblemMessage();
  const withProof = useWithProof();
  const [begin, { isLoading }] = useBeginPasskeyMutation();
  const [add] = useAddPasskeyMutation();
  const [remove] = useRemovePasskeyMutation();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const fail = (error: unknown): void => {
    if (error !== undefined) notify({ message: message(error), severity: 'error' });
  };
  const start = async (): Promise<void> => {
    const { data: offer, error } = await withProof(() => begin());
    fail(error);
    const made = offer === undefined ? null : await createPasskey(offer);
    if (made === null) return;
    const name = t('security:passkey_name', { number: security.passkeys.length + 1 });
    const answer = await add({ ...made, name });
    fail(answer.error);
    if (answer.data === undefined) return;
    if (answer.data.recovery_codes.length === 0) await finishEnrolment();
    else setCodes(answer.data.recovery_codes);
  };
  const finish = async (): Promise<void> => {
    setCodes([]);
    await finishEnrolment();
  };
  const count = security.passkeys.length;
  return (
    <SecurityPanel
      title={t('security:passkeys')}
      lead={t('security:passkeys_lead')}
      state={{ label: count === 0 ? t('security:off') : t('security:passkeys_count', { count }), good: count > 0 }}
    >
      {count > 0 && (
        <Stack component="ul" sx={{ p: 0, m: 0, mb: 2.5, gap: 1 }}>
          {security.passkeys.map((passkey) => (
            <Stack component="li" direction="row" key={passkey.id} sx={{ alignItems: 'center', gap: 1.5 }}>
              <Box sx={{ flex: 1, minWidth: 0 }}>
                <Typography sx={{ fontWeight: 600 }}>{passkey.name}</Typography>
                <Typography variant="body2" sx={{ color: color('muted') }}>
                  {t('security:added', { date: format.date(passkey.created_at) })}
                  {passkey.last_used_at !== null &&
                    ` · ${t('security:used', { when: format.relative(passkey.last_used_at) })}`}
                </Typography>
              </Box>
              <IconButton
                aria-label={t('security:passkey_remove', { name: passkey.name })}
                onClick={() => void withProof(() => remove(passkey.id)).then(({ error }) => fail(error))}
              >
                <DeleteRounded />
              </IconButton>
            </Stack>
          ))}
        </Stack>
      )}
      {passkeysWork() ? (
        <Button variant={count === 0 ? 'contained' : 'outlined'} loading={isLoading} onClick={() => void start()}>
          {t('security:passkey_add')}
        </Button>
      ) : (
        <Alert severity="info">{t('security:passkeys_unavailable')}</Alert>
      )}
      {codes.length > 0 && <RecoveryCodeList codes={codes} onClose={() => void finish()} />}
    </SecurityPanel>
  );
}
