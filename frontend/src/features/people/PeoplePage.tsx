import UploadFileRounded from '@mui/icons-material/UploadFileRounded';
import { Box, Button, MenuItem, Stack, TextField } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, Page, PageHeader, useCan, useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Pager } from '../../design/components/Pager.tsx';
import { SearchField } from '../groups/SearchField.tsx';
import { ROLES } from '../access/roles.ts';
import { useListUsersQuery } from './api.ts';
import { PeopleTable } from './PeopleTable.tsx';
import { TEXTS } from './texts.ts';

const SORTS = ['display_name', 'email', '-created_at', 'created_at'] as const;
const STATES = ['active', 'suspended'] as const;
const PAGE_SIZE = 20;
const PEOPLE_PATH =
  'M16 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6m-8 0a3 3 0 1 0 0-6 3 3 0 0 0 0 6m0 2c-2.33 0-7 1.17-7 3.5V19h14v-2.5C15 14.17 10.33 13 8 13m8 0c-.29 0-.62.02-.97.05A4.2 4.2 0 0 1 17 16.5V19h6v-2.5c0-2.33-4.67-3.5-7-3.5';

function oneOf<Value extends string>(values: readonly Value[], given: string | null): Value | undefined {
  return values.find((value) => value === given);
}

/** The people of the site, to search, to filter, to sort and to page through; the address keeps what is chosen. */
export default function PeoplePage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { t: shared } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const [params, setParams] = useSearchParams();
  const search = params.get('search') ?? '';
  const role = oneOf(ROLES, params.get('role'));
  const status = oneOf(STATES, params.get('state'));
  const sort = oneOf(SORTS, params.get('sort')) ?? 'display_name';
  const trail = params.getAll('page');
  const cursor = trail.at(-1);
  const choose = (name: string, value: string): void => {
    const next = new URLSearchParams(params);
    next.delete('page');
    if (value === '') next.delete(name);
    else next.set(name, value);
    setParams(next, { replace: true });
  };
  const move = (pages: readonly string[]): void => {
    const next = new URLSearchParams(params);
    next.delete('page');
    for (const page of pages) next.append('page', page);
    setParams(next);
  };
  const { data, error, refetch, isFetching } = useListUsersQuery({
    ...(search === '' ? {} : { search }),
    ...(role === undefined ? {} : { role }),
    ...(status === undefined ? {} : { status }),
    ...(cursor === undefined ? {} : { cursor }),
    sort,
    limit: PAGE_SIZE,
  });
  const filters = [
    { name: 'role', label: t('role'), value: role ?? '', all: t('every_role'), values: ROLES, text: (value: string) => shared(`profile.role_${value}`) },
    { name: 'state', label: t('state'), value: status ?? '', all: t('every_state'), values: STATES, text: (value: string) => t(`state_${value}`) },
  ];
  return (
    <Page title={t('people')}>
      <PageHeader
        title={t('people')}
        description={t('people_lead')}
        actions={
          can('tenant.users.import') ? (
            <Button variant="outlined" href="/admin/users/import" startIcon={<UploadFileRounded />}>
              {t('import')}
            </Button>
          ) : undefined
        }
      />
      <Stack role="search" sx={{ gap: 2, mb: 3 }}>
        <SearchField label={t('search')} value={search} onSearch={(value) => choose('search', value)} />
        <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr 1fr', sm: 'repeat(3, minmax(0, 1fr))' }, gap: 2 }}>
          {filters.map(({ name, label, value, all, values, text }) => (
            <TextField
              key={name}
              select
              label={label}
              value={value}
              onChange={({ target }) => choose(name, target.value)}
              slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
            >
              <MenuItem value="">{all}</MenuItem>
              {values.map((each) => (
                <MenuItem key={each} value={each}>
                  {text(each)}
                </MenuItem>
              ))}
            </TextField>
          ))}
          <TextField
            select
            label={t('sort')}
            value={sort}
            onChange={({ target }) => choose('sort', target.value)}
            sx={{ gridColumn: { xs: '1 / -1', sm: 'auto' } }}
          >
            {SORTS.map((value) => (
              <MenuItem key={value} value={value}>
                {t(`sort_${value.replace('-', 'latest_')}`)}
              </MenuItem>
            ))}
          </TextField>
        </Box>
      </Stack>
      {data === undefined && error === undefined && <LoadingState lines={6} height={56} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && data.items.length === 0 && (
        <EmptyState role="status" icon={PEOPLE_PATH} title={t('nobody')} description={t('nobody_detail')} />
      )}
      {data !== undefined && data.items.length > 0 && (
        <Box aria-busy={isFetching}>
          <PeopleTable people={data.items} />
          <Pager
            total={typeof data.total === 'number' ? t('count', { count: data.total, people: format.number(data.total) }) : ''}
            trail={trail}
            next={data.next_cursor ?? null}
            onMove={move}
          />
        </Box>
      )}
    </Page>
  );
}
