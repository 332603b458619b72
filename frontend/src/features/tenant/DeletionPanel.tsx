import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, TextField, Typography } from '@mui/material';
import { useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetSiteQuery } from '../../api/index.ts';
import { Panel } from '../../design/components/Panel.tsx';
import { useCancelTenantDeletionMutation, useGetTenantDeletionQuery, useScheduleTenantDeletionMutation } from './api.ts';
import { TEXTS } from './texts.ts';

/** Plans the site's deletion, or takes it back. */
export function DeletionPanel(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const notify = useNotify();
  const message = useProblemMessage();
  const { data } = useGetTenantDeletionQuery();
  const [cancel, { isLoading, error }] = useCancelTenantDeletionMutation();
  const [asking, setAsking] = useState(false);
  if (data === undefined) return undefined;
  const keep = async (): Promise<void> => {
    if ((await cancel()).error === undefined) notify({ message: t('kept'), severity: 'success' });
  };
  const planned = data.delete_at ?? undefined;
  return (
    <Panel component="section" aria-labelledby="deletion">
      <Typography id="deletion" variant="h3" component="h2" sx={{ mb: 1 }}>
        {t('deletion')}
      </Typography>
      <Typography variant="body2" sx={{ mb: 2 }}>
        {t('deletion_lead', { days: data.grace_days })}
      </Typography>
      {error !== undefined && <Alert severity="error">{message(error)}</Alert>}
      {planned === undefined ? (
        <Button color="error" variant="outlined" onClick={() => setAsking(true)}>
          {t('delete')}
        </Button>
      ) : (
        <Alert
          severity="warning"
          action={
            <Button color="inherit" size="small" loading={isLoading} onClick={() => void keep()}>
              {t('keep')}
            </Button>
          }
        >
          {t('deletion_planned', { date: format.date(planned) })}
        </Alert>
      )}
      {asking && <DeletionDialog onClose={() => setAsking(false)} />}
    </Panel>
  );
}

function DeletionDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const message = useProblemMessage();
  const { data: site } = useGetSiteQuery();
  const [typed, setTyped] = useState('');
  const [plan, { isLoading, error }] = useScheduleTenantDeletionMutation();
  const slug = site?.slug ?? '';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if ((await plan({ confirm: typed })).error === undefined) onClose();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby="delete-title" fullWidth maxWidth="xs">
      <form onSubmit={(event) => void submit(event)}>
        <DialogTitle id="delete-title">{t('delete_title')}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2, pt: 1 }}>
            {error !== undefined && <Alert severity="error">{message(error)}</Alert>}
            <TextField
              label={t('delete_type', { slug })}
              value={typed}
              autoComplete="off"
              autoFocus
              onChange={({ target }) => setTyped(target.value)}
            />
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" color="error" variant="contained" disabled={slug === '' || typed !== slug} loading={isLoading}>
            {t('delete_now')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
