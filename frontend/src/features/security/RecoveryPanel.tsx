import { Button, Stack } from '@mui/material';
import { useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Security, useForgetRememberedDevicesMutation, useRenewRecoveryCodesMutation } from '../../api/index.ts';
import { useWithProof } from './ProofProvider.tsx';
import { RecoveryCodeList } from './RecoveryCodeList.tsx';
import { SecurityPanel } from './SecurityPanel.tsx';

interface PanelProps {
  readonly security: Security;
}

/** What helps when the second factor is lost, and which devices are not asked for it. */
export function RecoveryPanel({ security }: PanelProps): ReactNode {
  const { t } = useTranslation();
  const notify = useNotify();
  const message = useProblemMessage();
  const withProof = useWithProof();
  const [renew, { isLoading }] = useRenewRecoveryCodesMutation();
  const [forget, { isLoading: isForgetting }] = useForgetRememberedDevicesMutation();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const start = async (): Promise<void> => {
    const { data, error } = await withProof(() => renew());
    if (error !== undefined) notify({ message: message(error), severity: 'error' });
    if (data !== undefined) setCodes(data.recovery_codes);
  };
  const left = security.recovery_codes_left;
  return (
    <SecurityPanel
      title={t('security:codes')}
      lead={t('security:codes_lead')}
      state={{ label: t('security:codes_left', { count: left }), good: left > 2 }}
    >
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1.5 }}>
        <Button variant="outlined" loading={isLoading} onClick={() => void start()}>
          {t('security:codes_renew')}
        </Button>
        {security.remembered_devices > 0 && (
          <Button variant="outlined" loading={isForgetting} onClick={() => void forget()}>
            {t('security:forget_devices', { count: security.remembered_devices })}
          </Button>
        )}
      </Stack>
      {codes.length > 0 && <RecoveryCodeList codes={codes} onClose={() => setCodes([])} />}
    </SecurityPanel>
  );
}
