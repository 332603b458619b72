import { Alert, Box, Button, Stack, Table, TableBody, TableCell, TableHead, TableRow, TextField, Typography } from '@mui/material';
import { ErrorState, LoadingState, Page, PageHeader, isApiProblem, useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../design/components/Panel.tsx';
import { color } from '../../design/theme/tokens.ts';
import { type EdgeSettings, useGetEdgeSettingsQuery, useSetEdgeSettingsMutation } from './api.ts';
import { TEXTS } from './texts.ts';

/** Which other sites may use the API, and the limits of requests. */
export default function EdgePage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { data, error, refetch } = useGetEdgeSettingsQuery();
  return (
    <Page title={t('edge')} maxWidth="md">
      <PageHeader title={t('edge')} description={t('edge_lead')} />
      {data === undefined && error === undefined && <LoadingState lines={3} height={120} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <Stack sx={{ gap: 3 }}>
          <Origins settings={data} />
          <Limits settings={data} />
        </Stack>
      )}
    </Page>
  );
}

function Origins({ settings }: { readonly settings: EdgeSettings }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const message = useProblemMessage();
  const [text, setText] = useState(settings.origins.join('\n'));
  const [save, { isLoading, error }] = useSetEdgeSettingsMutation();
  const wrong = isApiProblem(error) && error.errors.length > 0;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const answer = await save({ origins: text.split(/[\s,;]+/u).filter((part) => part !== '') });
    if (answer.data === undefined) return;
    setText(answer.data.origins.join('\n'));
    notify({ message: t('saved'), severity: 'success' });
  };
  return (
    <Panel component="section" aria-labelledby="origins">
      <Typography id="origins" variant="h3" component="h2" sx={{ mb: 2.5 }}>
        {t('origins')}
      </Typography>
      <Stack component="form" onSubmit={(event) => void submit(event)} sx={{ gap: 2.5 }}>
        {error !== undefined && !wrong && <Alert severity="error">{message(error)}</Alert>}
        <TextField
          label={t('origins_label')}
          value={text}
          multiline
          minRows={3}
          maxRows={12}
          error={wrong}
          helperText={t(wrong ? 'origins_wrong' : 'origins_hint')}
          onChange={({ target }) => setText(target.value)}
        />
        <Button type="submit" variant="contained" loading={isLoading} sx={{ alignSelf: 'flex-start' }}>
          {t('save')}
        </Button>
      </Stack>
    </Panel>
  );
}

function Limits({ settings }: { readonly settings: EdgeSettings }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const words = (rate: string): string => {
    const [count = '', window = ''] = rate.split('/');
    return rate === 'off' ? t('unlimited') : t(`per_${window}`, { number: format.number(Number(count)) });
  };
  return (
    <Panel component="section" aria-labelledby="limits">
      <Typography id="limits" variant="h3" component="h2">
        {t('limits')}
      </Typography>
      <Typography variant="body2" sx={{ color: color('muted'), mb: 2 }}>
        {t('limits_lead')}
      </Typography>
      <Box sx={{ overflowX: 'auto' }} role="group" aria-labelledby="limits" tabIndex={0}>
        <Table size="small" aria-labelledby="limits">
          <TableHead>
            <TableRow>
              {['class', 'per_address', 'per_user', 'per_key', 'per_tenant'].map((key) => (
                <TableCell key={key}>{t(key)}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {settings.rates.map((each) => (
              <TableRow key={each.route_class}>
                <TableCell component="th" scope="row">
                  {t(`class_${each.route_class}`)}
                </TableCell>
                {(['address', 'user', 'key', 'tenant'] as const).map((subject) => (
                  <TableCell key={subject} sx={{ whiteSpace: 'nowrap' }}>
                    {words(each[subject])}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    </Panel>
  );
}
