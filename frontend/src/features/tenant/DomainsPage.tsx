import { Alert, Button, Stack, TextField, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, Page, PageHeader, isApiProblem, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../design/components/Panel.tsx';
import { useAddDomainMutation, useListDomainsQuery } from './api.ts';
import { DomainPanel } from './DomainPanel.tsx';
import { TEXTS } from './texts.ts';

const GLOBE =
  'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20m6.9 6h-2.9a15.6 15.6 0 0 0-1.4-3.6A8 8 0 0 1 18.9 8M12 4c.8 1.2 1.5 2.5 1.9 4h-3.8c.4-1.5 1.1-2.8 1.9-4M4.3 14a8.2 8.2 0 0 1 0-4h3.4a16.5 16.5 0 0 0 0 4zm.8 2H8a15.6 15.6 0 0 0 1.4 3.6A8 8 0 0 1 5.1 16M8 8H5.1a8 8 0 0 1 4.3-3.6A15.6 15.6 0 0 0 8 8m4 12c-.8-1.2-1.5-2.5-1.9-4h3.8c-.4 1.5-1.1 2.8-1.9 4m2.3-6H9.7a14.7 14.7 0 0 1 0-4h4.6a14.7 14.7 0 0 1 0 4m.3 5.6A15.6 15.6 0 0 0 16 16h2.9a8 8 0 0 1-4.3 3.6m1.7-5.6a16.5 16.5 0 0 0 0-4h3.4a8.2 8.2 0 0 1 0 4z';

/** The host names that lead to the site. */
export default function DomainsPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { data, error, refetch } = useListDomainsQuery();
  return (
    <Page title={t('domains')} maxWidth="md">
      <PageHeader title={t('domains')} description={t('domains_lead')} />
      <Stack sx={{ gap: 3 }}>
        <AddForm />
        {data === undefined && error === undefined && <LoadingState lines={2} height={120} />}
        {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data !== undefined && data.domains.length === 0 && (
          <EmptyState role="status" icon={GLOBE} title={t('none')} description={t('none_detail')} />
        )}
        <Stack component="ul" sx={{ p: 0, m: 0, gap: 2, listStyle: 'none' }}>
          {data?.domains.map((domain) => (
            <DomainPanel key={domain.host} domain={domain} />
          ))}
        </Stack>
      </Stack>
    </Page>
  );
}

function AddForm(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const message = useProblemMessage();
  const [host, setHost] = useState('');
  const [add, { isLoading, error }] = useAddDomainMutation();
  const wrong = isApiProblem(error) && error.errors.length > 0 ? error.errors[0]?.message : undefined;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const answer = await add({ host_name: host });
    if (answer.data === undefined) return;
    setHost('');
    notify({ message: t('added', { host: answer.data.host }), severity: 'success' });
  };
  return (
    <Panel component="section" aria-labelledby="add">
      <Typography id="add" variant="h3" component="h2" sx={{ mb: 2 }}>
        {t('add')}
      </Typography>
      {error !== undefined && wrong === undefined && (
        <Alert severity="error" sx={{ mb: 2 }}>
          {message(error)}
        </Alert>
      )}
      <Stack
        component="form"
        onSubmit={(event) => void submit(event)}
        direction={{ xs: 'column', sm: 'row' }}
        sx={{ gap: 2, alignItems: { sm: 'flex-start' } }}
      >
        <TextField
          label={t('host')}
          value={host}
          required
          fullWidth
          autoComplete="off"
          error={wrong !== undefined}
          helperText={wrong ?? t('host_hint')}
          onChange={({ target }) => setHost(target.value)}
        />
        <Button type="submit" variant="contained" loading={isLoading} sx={{ flexShrink: 0, minHeight: { sm: 56 } }}>
          {t('add')}
        </Button>
      </Stack>
    </Panel>
  );
}
