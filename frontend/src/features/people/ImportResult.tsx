import {
  Alert,
  Box,
  Button,
  FormControlLabel,
  LinearProgress,
  Stack,
  Switch,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import { ErrorState, LoadingState, authorizedFetch, useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetSiteQuery } from '../../api/index.ts';
import { live } from '../../app/live/live.ts';
import { Pager } from '../../design/components/Pager.tsx';
import { Panel } from '../../design/components/Panel.tsx';
import { color, radius } from '../../design/theme/tokens.ts';
import {
  type ImportCard,
  useContinueUserImportMutation,
  useGetUserImportQuery,
  useListUserImportProblemsQuery,
  useRunUserImportMutation,
} from './api.ts';
import { TEXTS } from './texts.ts';

const POLL = 2000;

async function download(card: ImportCard): Promise<void> {
  const answer = await authorizedFetch(`/api/v1/users/imports/${card.id}/report`);
  if (!answer.ok) throw new Error(String(answer.status));
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = `refused-${card.file_name}`;
  link.click();
  URL.revokeObjectURL(url);
}

function Counts({ card }: { readonly card: ImportCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const dry = card.dry_run ? '_dry' : '';
  const counts = [
    { label: t(`import_created${dry}`), value: card.created, tone: 'success-soft' },
    { label: t(`import_updated${dry}`), value: card.updated, tone: 'primary-soft' },
    { label: t('import_unchanged'), value: card.unchanged, tone: 'sunken' },
    { label: t('import_refused'), value: card.refused, tone: card.refused > 0 ? 'danger-soft' : 'sunken' },
  ] as const;
  return (
    <Box
      component="dl"
      sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr 1fr', sm: 'repeat(4, 1fr)' }, gap: 1.5, m: 0 }}
    >
      {counts.map(({ label, value, tone }) => (
        <Stack key={label} sx={{ flexDirection: 'column-reverse', p: 2, borderRadius: radius('control'), background: color(tone) }}>
          <Typography component="dt" variant="body2">
            {label}
          </Typography>
          <Typography component="dd" variant="h3" sx={{ m: 0 }}>
            {format.number(value)}
          </Typography>
        </Stack>
      ))}
    </Box>
  );
}

function Problems({ card }: { readonly card: ImportCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const [trail, setTrail] = useState<readonly string[]>([]);
  const cursor = trail.at(-1);
  const { data } = useListUserImportProblemsQuery({ importId: card.id, ...(cursor === undefined ? {} : { cursor }) });
  return (
    <Panel component="section" aria-labelledby="import-problems">
      <Stack direction={{ xs: 'column', sm: 'row' }} sx={{ gap: 2, alignItems: { sm: 'center' }, mb: 2 }}>
        <Box sx={{ flex: 1 }}>
          <Typography id="import-problems" variant="h3" component="h2">
            {t('import_problems')}
          </Typography>
          <Typography sx={{ color: color('muted') }}>{t('import_problems_lead')}</Typography>
        </Box>
        {card.has_file && (
          <Button
            variant="outlined"
            onClick={() => void download(card).catch((error: unknown) => notify({ message: String(error), severity: 'error' }))}
          >
            {t('import_report')}
          </Button>
        )}
      </Stack>
      <Box tabIndex={0} role="region" aria-label={t('import_problem')} sx={{ overflowX: 'auto' }}>
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>{t('import_line')}</TableCell>
              <TableCell>{t('import_column')}</TableCell>
              <TableCell sx={{ width: '100%' }}>{t('import_problem')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {data?.items.map((problem) => (
              <TableRow key={problem.id}>
                <TableCell>{problem.line}</TableCell>
                <TableCell>
                  <code>{problem.column}</code>
                </TableCell>
                <TableCell lang="en">{problem.message}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
      <Pager trail={trail} next={data?.next_cursor ?? null} onMove={setTrail} />
    </Panel>
  );
}

function Running({ card }: { readonly card: ImportCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const [carryOn, { isLoading }] = useContinueUserImportMutation();
  return (
    <Stack sx={{ gap: 1.5 }} role="status">
      <Typography sx={{ fontWeight: 600 }}>{t(card.dry_run ? 'import_checking' : 'import_running')}</Typography>
      <LinearProgress
        variant="determinate"
        aria-label={t('import_title')}
        value={(100 * card.done) / Math.max(card.rows, 1)}
      />
      <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between', gap: 2 }}>
        <Typography variant="body2" sx={{ color: color('muted') }}>
          {t('import_progress', { done: format.number(card.done), rows: format.number(card.rows) })}
        </Typography>
        <Button size="small" loading={isLoading} onClick={() => void carryOn(card.id)}>
          {t('import_continue')}
        </Button>
      </Stack>
    </Stack>
  );
}

function RunTried({ card, onStarted }: { readonly card: ImportCard; readonly onStarted: (id: string) => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const message = useProblemMessage();
  const { data: site } = useGetSiteQuery();
  const [invite, setInvite] = useState(false);
  const [run, { isLoading, error }] = useRunUserImportMutation();
  const start = async (): Promise<void> => {
    const answer = await run({ importId: card.id, runImport: { invite } });
    if (answer.data !== undefined) onStarted(answer.data.id);
  };
  return (
    <Stack sx={{ gap: 2, alignItems: 'flex-start' }}>
      {card.created > 0 &&
        (site?.sends_mail === true ? (
          <FormControlLabel
            sx={{ ml: 0, gap: 1.5 }}
            control={<Switch checked={invite} onChange={(_, on) => setInvite(on)} />}
            label={t('import_invite')}
          />
        ) : (
          <Typography sx={{ color: color('muted') }}>{t('import_no_mail')}</Typography>
        ))}
      {error !== undefined && <Alert severity="error">{message(error)}</Alert>}
      <Button variant="contained" size="large" loading={isLoading} onClick={() => void start()}>
        {t('import_run')}
      </Button>
    </Stack>
  );
}

interface ImportResultProps {
  readonly id: string;
  readonly onStarted: (id: string) => void;
}

/** How an import goes, and what became of it. */
export function ImportResult({ id, onStarted }: ImportResultProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const [running, setRunning] = useState(true);
  const { data: card, error, refetch } = useGetUserImportQuery(id, { pollingInterval: running ? POLL : 0 });
  const goesOn = card?.state === 'running';
  if (card !== undefined && running !== goesOn) setRunning(goesOn);
  useEffect(() => live.subscribe('people.import.changed', () => void refetch()), [refetch]);
  if (card === undefined) {
    return error === undefined ? <LoadingState lines={3} height={64} /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  const over = card.state === 'finished';
  const nothing = over && card.created + card.updated + card.refused === 0;
  return (
    <Stack sx={{ gap: 3 }}>
      <Panel component="section" aria-labelledby="import-result">
        <Typography id="import-result" variant="h3" component="h2" sx={{ mb: 2, overflowWrap: 'anywhere' }}>
          {card.file_name}
        </Typography>
        <Stack sx={{ gap: 2.5 }}>
          {card.state === 'running' && <Running card={card} />}
          {card.state === 'failed' && <Alert severity="error">{t('import_failed', { problem: card.problem })}</Alert>}
          {nothing && <Alert severity="success">{t('import_nothing')}</Alert>}
          {over && card.dry_run && !nothing && <Typography>{t('import_checked')}</Typography>}
          {card.state !== 'running' && <Counts card={card} />}
          {over && card.dry_run && !nothing && card.has_file && card.created + card.updated > 0 && (
            <RunTried card={card} onStarted={onStarted} />
          )}
          {over && !card.dry_run && (
            <Button variant="contained" href="/admin/users" sx={{ alignSelf: 'flex-start' }}>
              {t('people')}
            </Button>
          )}
        </Stack>
      </Panel>
      {card.refused > 0 && card.state !== 'running' && <Problems card={card} />}
    </Stack>
  );
}
