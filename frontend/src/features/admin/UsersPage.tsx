import SearchRounded from '@mui/icons-material/SearchRounded';
import { Box, Button, InputAdornment, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, Page, PageHeader, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useListUsersQuery } from '../../api/index.ts';
import { color } from '../../design/theme/tokens.ts';
import { PeopleTable } from './PeopleTable.tsx';

const SORTS = ['display_name', '-created_at', 'created_at'] as const;
const PAGE_SIZE = 20;
const TYPING_PAUSE = 250;
const PEOPLE_PATH =
  'M16 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6m-8 0a3 3 0 1 0 0-6 3 3 0 0 0 0 6m0 2c-2.33 0-7 1.17-7 3.5V19h14v-2.5C15 14.17 10.33 13 8 13m8 0c-.29 0-.62.02-.97.05A4.2 4.2 0 0 1 17 16.5V19h6v-2.5c0-2.33-4.67-3.5-7-3.5';

/** The people of the site, to search, to sort and to page through. */
export default function UsersPage(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState<(typeof SORTS)[number]>('display_name');
  // Cursors of the pages before the one that is shown.
  const [trail, setTrail] = useState<readonly string[]>([]);
  const cursor = trail.at(-1);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSearch(typed.trim());
      setTrail([]);
    }, TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, error, refetch, isFetching } = useListUsersQuery({
    ...(search === '' ? {} : { search }),
    ...(cursor === undefined ? {} : { cursor }),
    sort,
    limit: PAGE_SIZE,
  });
  const next = data?.next_cursor ?? null;
  return (
    <Page title={t('admin.people')}>
      <PageHeader title={t('admin.people')} description={t('admin.people_lead')} />
      <Stack direction={{ xs: 'column', sm: 'row' }} role="search" sx={{ gap: 2, mb: 3 }}>
        <TextField
          type="search"
          placeholder={t('admin.search_people')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          sx={{ flex: 1 }}
          slotProps={{
            htmlInput: { 'aria-label': t('admin.search_people') },
            input: {
              startAdornment: (
                <InputAdornment position="start">
                  <SearchRounded />
                </InputAdornment>
              ),
            },
          }}
        />
        <TextField
          select
          label={t('admin.sort')}
          value={sort}
          onChange={(event) => {
            setSort(event.target.value as (typeof SORTS)[number]);
            setTrail([]);
          }}
          sx={{ minWidth: 220 }}
        >
          {SORTS.map((value) => (
            <MenuItem key={value} value={value}>
              {t(`admin.sort_${value.replace('-', 'latest_')}`)}
            </MenuItem>
          ))}
        </TextField>
      </Stack>
      {data === undefined && error === undefined && <LoadingState lines={6} height={56} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && data.items.length === 0 && (
        <EmptyState role="status" icon={PEOPLE_PATH} title={t('admin.nobody')} description={t('admin.nobody_detail')} />
      )}
      {data !== undefined && data.items.length > 0 && (
        <Box aria-busy={isFetching}>
          <PeopleTable people={data.items} />
          <Stack
            component="nav"
            aria-label={t('admin.pages')}
            direction="row"
            sx={{ alignItems: 'center', gap: 1.5, mt: 2 }}
          >
            <Typography variant="body2" role="status" sx={{ flex: 1, color: color('muted') }}>
              {typeof data.total === 'number' &&
                t('admin.people_count', { count: data.total, people: format.number(data.total) })}
            </Typography>
            <Button variant="outlined" disabled={trail.length === 0} onClick={() => setTrail(trail.slice(0, -1))}>
              {t('admin.previous')}
            </Button>
            <Button
              variant="outlined"
              disabled={next === null}
              onClick={() => {
                if (next !== null) setTrail([...trail, next]);
              }}
            >
              {t('admin.next')}
            </Button>
          </Stack>
        </Box>
      )}
    </Page>
  );
}
