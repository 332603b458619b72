import { Box, Button, Card, TextField } from '@mui/material';
import {
  EmptyState,
  ErrorState,
  LoadingState,
  Page,
  PageHeader,
} from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useListAuditEntriesQuery } from '../../api/console/generated.ts';
import { useAddressParams } from '../../app/addressParams.ts';
import { Pager } from '../../design/components/Pager.tsx';
import { EntryRow } from './EntryRow.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { PersonFilter } from './PersonFilter.tsx';
import { TEXTS } from './texts.ts';

const LOG_PATH =
  'M14 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V8zm2 16H8v-2h8zm0-4H8v-2h8zm-3-5V3.5L18.5 9z';
const WORDS = ['action', 'subject_type', 'subject_id'] as const;

/** The day's beginning where somebody is, or the beginning of the next one. */
function timeOf(day: string | null, next: boolean): string | undefined {
  if (day === null || !/^\d{4}-\d\d-\d\d$/u.test(day)) return undefined;
  const time = new Date(`${day}T00:00:00`);
  if (Number.isNaN(time.getTime())) return undefined;
  if (next) time.setDate(time.getDate() + 1);
  return time.toISOString();
}

function useFilter(params: URLSearchParams): Readonly<Record<string, string>> {
  const found: Record<string, string | undefined> = {
    actor_id: params.get('person') ?? undefined,
    since: timeOf(params.get('since'), false),
    until: timeOf(params.get('until'), true),
  };
  for (const name of WORDS) found[name] = params.get(name) ?? undefined;
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, string] =>
      Boolean(entry[1]),
    ),
  );
}

/** The audit log: to search, to look into, and to take elsewhere. */
export default function AuditPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { params, change, clear } = useAddressParams();
  const filter = useFilter(params);
  const asked = JSON.stringify(filter);
  const [place, setPlace] = useState<{
    asked: string;
    trail: readonly string[];
  }>({ asked, trail: [] });
  const trail = place.asked === asked ? place.trail : [];
  const cursor = trail.at(-1);
  const { data, error, refetch, isFetching } = useListAuditEntriesQuery(
    {
      ...(filter['actor_id'] === undefined
        ? {}
        : { actorId: filter['actor_id'] }),
      ...(filter['action'] === undefined ? {} : { action: filter['action'] }),
      ...(filter['subject_type'] === undefined
        ? {}
        : { subjectType: filter['subject_type'] }),
      ...(filter['subject_id'] === undefined
        ? {}
        : { subjectId: filter['subject_id'] }),
      ...(filter['since'] === undefined ? {} : { since: filter['since'] }),
      ...(filter['until'] === undefined ? {} : { until: filter['until'] }),
      ...(cursor === undefined ? {} : { cursor }),
      limit: 50,
    },
    { refetchOnMountOrArgChange: true },
  );
  const filtered = asked !== '{}';
  const chooseWho = (id: string, name: string): void => {
    change('person', id);
    change('name', name);
  };
  return (
    <Page title={t('title')}>
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={<ExportMenu query={new URLSearchParams(filter)} />}
      />
      <Box
        role="search"
        aria-label={t('search')}
        sx={{
          display: 'grid',
          gap: 2,
          mb: 3,
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr)',
            sm: 'repeat(2, minmax(0, 1fr))',
            lg: 'repeat(3, minmax(0, 1fr))',
          },
        }}
      >
        <PersonFilter
          id={params.get('person') ?? ''}
          name={params.get('name') ?? ''}
          onChoose={chooseWho}
        />
        {WORDS.map((name) => (
          <TextField
            key={`${name}${params.get(name) ?? ''}`}
            label={t(name)}
            placeholder={
              name === 'subject_id'
                ? ''
                : t(name === 'action' ? 'action_hint' : 'subject_hint')
            }
            defaultValue={params.get(name) ?? ''}
            slotProps={{
              inputLabel: { shrink: true },
              htmlInput: {
                maxLength: 200,
                autoCapitalize: 'none',
                spellCheck: false,
              },
            }}
            onBlur={({ target }) => change(name, target.value.trim())}
            onKeyDown={({ key, target }) => {
              if (key === 'Enter' && target instanceof HTMLInputElement)
                change(name, target.value.trim());
            }}
          />
        ))}
        {(['since', 'until'] as const).map((name) => (
          <TextField
            key={name}
            type="date"
            label={t(name)}
            value={params.get(name) ?? ''}
            slotProps={{ inputLabel: { shrink: true } }}
            onChange={({ target }) => change(name, target.value)}
          />
        ))}
      </Box>
      {data === undefined && error === undefined && (
        <LoadingState lines={6} height={64} />
      )}
      {data === undefined && error !== undefined && (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
      {data !== undefined && data.items.length === 0 && (
        <EmptyState
          role="status"
          icon={LOG_PATH}
          title={t(filtered ? 'nothing' : 'none')}
          description={t(filtered ? 'nothing_detail' : 'none_detail')}
          action={
            filtered && (
              <Button variant="outlined" onClick={clear}>
                {t('clear')}
              </Button>
            )
          }
        />
      )}
      {data !== undefined && data.items.length > 0 && (
        <Box aria-busy={isFetching}>
          <Card sx={{ overflow: 'hidden' }}>
            {data.items.map((entry) => (
              <EntryRow key={entry.number} entry={entry} />
            ))}
          </Card>
          <Pager
            total={t('shown', { count: data.items.length })}
            trail={trail}
            next={data.next_cursor ?? null}
            onMove={(moved) => setPlace({ asked, trail: moved })}
          />
        </Box>
      )}
    </Page>
  );
}
