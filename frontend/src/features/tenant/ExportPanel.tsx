import DownloadRounded from '@mui/icons-material/DownloadRounded';
import { Alert, Box, Button, LinearProgress, Stack, Typography } from '@mui/material';
import { useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../design/components/Panel.tsx';
import { color } from '../../design/theme/tokens.ts';
import { useWithProof } from '../security/ProofProvider.tsx';
import {
  type TenantExport,
  useLinkTenantExportMutation,
  useListTenantExportsQuery,
  useRequestTenantExportMutation,
} from './api.ts';
import { TEXTS } from './texts.ts';
import { useAmount } from './useAmount.ts';

const EVERY_MILLISECONDS = 2000;

/** Whether an archive is still being made. */
function isAtWork(made: TenantExport | undefined): boolean {
  return made?.state === 'waiting' || made?.state === 'running';
}

/** Has an archive of the whole site made, says how far it is, and hands it out. */
export function ExportPanel(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const message = useProblemMessage();
  const withProof = useWithProof();
  const id = useId();
  const { data } = useListTenantExportsQuery();
  const last = data?.exports[0];
  const busy = isAtWork(last);
  useListTenantExportsQuery(undefined, { pollingInterval: busy ? EVERY_MILLISECONDS : 0, skip: !busy });
  const [make, { isLoading }] = useRequestTenantExportMutation();
  if (data === undefined) return undefined;
  const begin = async (): Promise<void> => {
    const { error } = await withProof(() => make());
    if (error !== undefined) notify({ message: message(error), severity: 'error' });
  };
  return (
    <Panel component="section" aria-labelledby={id}>
      <Typography id={id} variant="h3" component="h2" sx={{ mb: 1 }}>
        {t('export')}
      </Typography>
      <Typography variant="body2" sx={{ mb: 2, maxWidth: '64ch' }}>
        {t('export_lead')}
      </Typography>
      <Stack sx={{ gap: 2, alignItems: 'flex-start' }}>
        <Stack role="status" sx={{ gap: 2, width: '100%', alignItems: 'flex-start', '&:empty': { mb: -2 } }}>
          {last !== undefined && busy && <ExportProgress made={last} />}
          {last?.state === 'done' && <Ready made={last} />}
          {last?.state === 'failed' && <Alert severity="error">{t('export_failed')}</Alert>}
          {last?.state === 'expired' && <Alert severity="info">{t('export_expired')}</Alert>}
          {last?.state === 'cancelled' && <Alert severity="info">{t('export_cancelled')}</Alert>}
        </Stack>
        {!busy && (
          <Button variant="outlined" loading={isLoading} onClick={() => void begin()}>
            {t(last?.state === 'done' ? 'export_again' : 'export_make')}
          </Button>
        )}
      </Stack>
    </Panel>
  );
}

function ExportProgress({ made }: { readonly made: TenantExport }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const id = useId();
  const total = made.total ?? 0;
  return (
    <Box sx={{ width: '100%', maxWidth: 440 }}>
      <Typography id={id} variant="body2" sx={{ color: color('muted'), mb: 1 }}>
        {total === 0 ? t('export_begins') : t('export_step', { done: made.done, total })}
      </Typography>
      <LinearProgress
        aria-labelledby={id}
        variant={total === 0 ? 'indeterminate' : 'determinate'}
        value={total === 0 ? 0 : (made.done / total) * 100}
        sx={{ height: 8, borderRadius: 4 }}
      />
    </Box>
  );
}

function Ready({ made }: { readonly made: TenantExport }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const notify = useNotify();
  const message = useProblemMessage();
  const withProof = useWithProof();
  const size = useAmount('storage_bytes');
  const [link, { isLoading }] = useLinkTenantExportMutation();
  const download = async (): Promise<void> => {
    const { data, error } = await withProof(() => link(made.id));
    if (error !== undefined) notify({ message: message(error), severity: 'error' });
    if (data !== undefined) globalThis.location.assign(data.url);
  };
  return (
    <>
      <Button variant="contained" startIcon={<DownloadRounded />} loading={isLoading} onClick={() => void download()}>
        {t('export_download', { size: size(made.bytes) })}
      </Button>
      <Typography variant="body2" sx={{ color: color('muted'), overflowWrap: 'anywhere' }}>
        {t('export_until', { time: format.dateTime(made.expires_at ?? made.requested_at), sha256: made.sha256 })}
      </Typography>
    </>
  );
}
