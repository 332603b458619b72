import DownloadRounded from '@mui/icons-material/DownloadRounded';
import { Alert, Button, Stack, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../../design/theme/tokens.ts';
import { useWithProof } from '../security/ProofProvider.tsx';
import { type MyPrivacy, type RequestCard, useLinkMyArchiveMutation, useRequestMyExportMutation } from './api.ts';
import { RequestProgress } from './RequestProgress.tsx';
import { Section } from './Section.tsx';
import { TEXTS } from './texts.ts';
import { useTell } from './useTell.ts';

/** A length in bytes as people read it. */
function sizeOf(bytes: number, format: (value: number) => string): string {
  const kilobytes = bytes / 1000;
  return kilobytes < 1000 ? `${format(Math.max(1, Math.round(kilobytes)))} kB` : `${format(Math.round(kilobytes / 100) / 10)} MB`;
}

function Ready({ request }: { readonly request: RequestCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const tell = useTell();
  const withProof = useWithProof();
  const [link, { isLoading }] = useLinkMyArchiveMutation();
  const download = async (): Promise<void> => {
    const answer = await withProof(() => link(request.id));
    if (tell(answer, t('download_begun')) && answer.data !== undefined) globalThis.location.assign(answer.data.url);
  };
  return (
    <Stack sx={{ gap: 1.5, alignItems: 'flex-start' }}>
      <Button variant="contained" startIcon={<DownloadRounded />} loading={isLoading} onClick={() => void download()}>
        {t('download', { size: sizeOf(request.archive_bytes ?? 0, (value) => format.number(value)) })}
      </Button>
      <Typography variant="body2" sx={{ color: color('muted') }}>
        {t('download_until', { time: format.dateTime(request.expires_at ?? request.requested_at) })}
      </Typography>
    </Stack>
  );
}

/** Everything that the site keeps of the person, to take along. */
export function ArchivePanel({ mine }: { readonly mine: MyPrivacy }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const tell = useTell();
  const withProof = useWithProof();
  const [make, { isLoading }] = useRequestMyExportMutation();
  const last = mine.requests.find(({ kind }) => kind === 'export');
  const busy = last?.state === 'running' || last?.state === 'waiting';
  const begin = async (): Promise<void> => {
    tell(await withProof(() => make()), t('archive_begun'));
  };
  return (
    <Section title={t('archive')} lead={t('archive_lead', { count: mine.archive_days })}>
      <Stack sx={{ gap: 2, alignItems: 'flex-start' }}>
        <Stack role="status" sx={{ gap: 2, width: '100%', '&:empty': { mb: -2 } }}>
          {busy && <RequestProgress step={last.step} done={last.done} total={last.total} />}
          {last?.state === 'done' && <Ready request={last} />}
          {last?.state === 'failed' && <Alert severity="error">{t('archive_failed')}</Alert>}
          {last?.state === 'expired' && <Alert severity="info">{t('archive_expired')}</Alert>}
        </Stack>
        {!busy && (
          <Button variant={last?.state === 'done' ? 'outlined' : 'contained'} loading={isLoading} onClick={() => void begin()}>
            {t(last?.state === 'done' ? 'archive_again' : 'archive_make')}
          </Button>
        )}
      </Stack>
    </Section>
  );
}
