import ContentCopyRounded from '@mui/icons-material/ContentCopyRounded';
import { Alert, Box, Button, Chip, IconButton, Stack, Tooltip, Typography } from '@mui/material';
import { useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../design/components/Panel.tsx';
import { color } from '../../design/theme/tokens.ts';
import { ConfirmDialog } from '../extensions/ConfirmDialog.tsx';
import { type DomainRecord, useChangeDomainMutation, useProveDomainMutation, useRemoveDomainMutation } from './api.ts';
import { TEXTS } from './texts.ts';

/** A domain: its state, the record that proves it, and what can be done with it. */
export function DomainPanel({ domain }: { readonly domain: DomainRecord }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const message = useProblemMessage();
  const [prove, proving] = useProveDomainMutation();
  const [change, changing] = useChangeDomainMutation();
  const [remove, removing] = useRemoveDomainMutation();
  const [asking, setAsking] = useState(false);
  const { host } = domain;
  const error = proving.error ?? changing.error;
  const check = async (): Promise<void> => {
    const answer = await prove(host);
    if (answer.data?.proven === true) notify({ message: t('found', { host }), severity: 'success' });
  };
  const save = async (changeDomain: { is_primary?: boolean; redirects?: boolean }): Promise<void> => {
    const answer = await change({ hostName: host, changeDomain });
    if (answer.data !== undefined) notify({ message: t('saved'), severity: 'success' });
  };
  return (
    <Panel component="li">
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography component="h3" sx={{ fontWeight: 600, overflowWrap: 'anywhere', mr: 1 }}>
          {host}
        </Typography>
        <Chip size="small" label={t(domain.proven ? 'proven' : 'waiting')} color={domain.proven ? 'success' : 'default'} variant="outlined" />
        {domain.is_primary && <Chip size="small" label={t('primary')} color="primary" />}
        {domain.redirects && <Chip size="small" label={t('redirecting')} />}
      </Stack>
      {!domain.proven && (
        <Box sx={{ mt: 1.5 }}>
          <Typography variant="body2" sx={{ color: color('muted'), mb: 1.5 }}>
            {t('record_lead')}
          </Typography>
          <Stack component="dl" sx={{ m: 0, gap: 1 }}>
            <Line name={t('record_name')} value={domain.record_name} />
            <Line name={t('record_value')} value={domain.record_value} />
          </Stack>
          {domain.answer !== null && domain.answer !== undefined && (
            <Alert severity="warning" sx={{ mt: 2 }}>
              {t(domain.answer)}
            </Alert>
          )}
        </Box>
      )}
      {error !== undefined && (
        <Alert severity="error" sx={{ mt: 2 }}>
          {message(error)}
        </Alert>
      )}
      <Stack direction="row" sx={{ gap: 1, mt: 2, flexWrap: 'wrap' }}>
        {!domain.proven && (
          <Button variant="contained" size="small" loading={proving.isLoading} onClick={() => void check()}>
            {t('check')}
          </Button>
        )}
        {domain.proven && !domain.is_primary && (
          <>
            <Button variant="outlined" size="small" loading={changing.isLoading} onClick={() => void save({ is_primary: true })}>
              {t('make_primary')}
            </Button>
            <Button size="small" onClick={() => void save({ redirects: !domain.redirects })}>
              {t(domain.redirects ? 'serve' : 'redirect')}
            </Button>
          </>
        )}
        <Button size="small" color="error" aria-label={t('remove_host', { host })} onClick={() => setAsking(true)}>
          {t('remove')}
        </Button>
      </Stack>
      {asking && (
        <ConfirmDialog
          title={t('remove_title')}
          action={t('remove')}
          stops
          busy={removing.isLoading}
          problem={removing.error}
          onConfirm={() => void remove(host).then(() => setAsking(false))}
          onClose={() => setAsking(false)}
        >
          <Typography>{t('remove_detail', { host })}</Typography>
        </ConfirmDialog>
      )}
    </Panel>
  );
}

function Line({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const label = t('copy', { what: name });
  return (
    <Stack direction="row" sx={{ gap: 1, alignItems: 'center' }}>
      <Typography component="dt" variant="body2" sx={{ color: color('muted'), width: 56, flexShrink: 0 }}>
        {name}
      </Typography>
      <Typography component="dd" variant="body2" sx={{ m: 0, fontFamily: 'monospace', overflowWrap: 'anywhere', minWidth: 0 }}>
        {value}
      </Typography>
      <Tooltip title={label}>
        <IconButton
          size="small"
          aria-label={label}
          onClick={() => void navigator.clipboard.writeText(value).then(() => notify({ message: t('copied'), severity: 'success' }))}
        >
          <ContentCopyRounded fontSize="small" />
        </IconButton>
      </Tooltip>
    </Stack>
  );
}
