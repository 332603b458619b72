import { Button } from '@mui/material';
import { useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NewTotp, type Security, useBeginTotpMutation, useRemoveTotpMutation } from '../../api/index.ts';
import { useWithProof } from './ProofProvider.tsx';
import { SecurityPanel } from './SecurityPanel.tsx';

const AppSetup = lazy(() => import('./AppSetup.tsx'));

interface PanelProps {
  readonly security: Security;
}

/** The authenticator app: set up with a picture to scan, or removed. */
export function AppPanel({ security }: PanelProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const notify = useNotify();
  const message = useProblemMessage();
  const withProof = useWithProof();
  const [begin, { isLoading }] = useBeginTotpMutation();
  const [remove, { isLoading: isRemoving }] = useRemoveTotpMutation();
  const [made, setMade] = useState<NewTotp | null>(null);
  const since = security.app_since;
  const fail = (error: unknown): void => {
    if (error !== undefined) notify({ message: message(error), severity: 'error' });
  };
  const start = async (): Promise<void> => {
    const { data, error } = await withProof(() => begin());
    fail(error);
    setMade(data ?? null);
  };
  const end = async (): Promise<void> => fail((await withProof(() => remove())).error);
  return (
    <SecurityPanel
      title={t('security:app')}
      lead={t('security:app_lead')}
      state={{ label: t(since === null ? 'security:off' : 'security:on'), good: since !== null }}
    >
      {since === null ? (
        <Button variant="contained" loading={isLoading} onClick={() => void start()}>
          {t('security:app_add')}
        </Button>
      ) : (
        <Button variant="outlined" color="error" loading={isRemoving} onClick={() => void end()}>
          {t('security:app_remove', { date: format.date(since) })}
        </Button>
      )}
      {made !== null && (
        <Suspense fallback={null}>
          <AppSetup made={made} onClose={() => setMade(null)} />
        </Suspense>
      )}
    </SecurityPanel>
  );
}
