import AddRounded from '@mui/icons-material/AddRounded';
import { Box, Button, Card, Chip, MenuItem, Stack, TextField } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, Page, PageHeader, useCan, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAddressParams } from '../../app/addressParams.ts';
import { border } from '../../design/theme/tokens.ts';
import { useListGroupsQuery } from './api.ts';
import { GroupDialog } from './GroupDialog.tsx';
import { GroupRow } from './GroupRow.tsx';
import { Pager } from './Pager.tsx';
import { SearchField } from './SearchField.tsx';
import { TEXTS } from './texts.ts';

const SORTS = ['name', '-created_at', 'starts_on'] as const;
const KINDS = ['all', 'group', 'cohort'] as const;
const GROUPS_PATH =
  'M12 12.75c1.63 0 3.07.39 4.24.9A3 3 0 0 1 18 16.4V18H6v-1.6a3 3 0 0 1 1.76-2.75 10.6 10.6 0 0 1 4.24-.9M4 13a2 2 0 1 0 0-4 2 2 0 0 0 0 4m1.13 1.1C4.76 14.04 4.39 14 4 14q-1.5.02-2.78.58A2 2 0 0 0 0 16.43V18h4.5v-1.61c0-.83.23-1.61.63-2.29M20 13a2 2 0 1 0 0-4 2 2 0 0 0 0 4m4 3.43c0-.81-.48-1.53-1.22-1.85A7 7 0 0 0 20 14q-.58.01-1.13.1c.4.68.63 1.46.63 2.29V18H24zM12 6a3 3 0 1 0 0 6 3 3 0 0 0 0-6';

function oneOf<T extends string>(value: string | null, choices: readonly [T, ...T[]]): T {
  return choices.find((each) => each === value) ?? choices[0];
}

/** The groups and cohorts of the site, to find and to make. */
export default function GroupsPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const can = useCan();
  const navigate = useNavigate();
  const { params, change, clear } = useAddressParams();
  const search = params.get('search') ?? '';
  const sort = oneOf(params.get('sort'), SORTS);
  const kind = oneOf(params.get('kind'), KINDS);
  const asked = `${search}\n${sort}\n${kind}`;
  const [place, setPlace] = useState<{ asked: string; trail: readonly string[] }>({ asked, trail: [] });
  const trail = place.asked === asked ? place.trail : [];
  const [making, setMaking] = useState(false);
  const cursor = trail.at(-1);
  const { data, error, refetch, isFetching } = useListGroupsQuery({
    ...(search === '' ? {} : { search }),
    ...(kind === 'all' ? {} : { kind }),
    ...(cursor === undefined ? {} : { cursor }),
    sort,
  });
  const filtered = search !== '' || kind !== 'all';
  const make = can('tenant.groups.manage') && (
    <Button variant="contained" startIcon={<AddRounded />} onClick={() => setMaking(true)}>
      {t('new')}
    </Button>
  );
  return (
    <Page title={t('title')}>
      <PageHeader title={t('title')} description={t('lead')} actions={make} />
      <Stack direction={{ xs: 'column', md: 'row' }} role="search" sx={{ gap: 2, mb: 3, alignItems: { md: 'center' } }}>
        <SearchField label={t('search')} value={search} onSearch={(value) => change('search', value)} />
        <Stack direction="row" role="group" aria-label={t('filter')} sx={{ flexWrap: 'wrap', gap: 1 }}>
          {KINDS.map((each) => (
            <Chip
              key={each}
              clickable
              label={t(`filter_${each}`)}
              color={kind === each ? 'primary' : 'default'}
              aria-pressed={kind === each}
              onClick={() => change('kind', each === 'all' ? '' : each)}
              sx={{ height: 40, px: 0.75, '@media (pointer: coarse)': { height: 44 } }}
            />
          ))}
        </Stack>
        <TextField
          select
          label={t('sort')}
          value={sort}
          onChange={({ target }) => change('sort', target.value === 'name' ? '' : target.value)}
          sx={{ minWidth: 200 }}
        >
          {SORTS.map((each) => (
            <MenuItem key={each} value={each}>
              {t(`sort_${each.replace('-', 'latest_')}`)}
            </MenuItem>
          ))}
        </TextField>
      </Stack>
      {data === undefined && error === undefined && <LoadingState lines={5} height={84} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && data.items.length === 0 && (
        <EmptyState
          role="status"
          icon={GROUPS_PATH}
          title={t(filtered ? 'nothing' : 'none')}
          description={t(filtered ? 'nothing_detail' : 'none_detail')}
          action={
            filtered ? (
              <Button variant="outlined" onClick={clear}>
                {t('clear')}
              </Button>
            ) : (
              make
            )
          }
        />
      )}
      {data !== undefined && data.items.length > 0 && (
        <Box aria-busy={isFetching}>
          <Card component="ul" sx={{ m: 0, p: 0, listStyle: 'none', '& > li + li': { borderTop: border() } }}>
            {data.items.map((group) => (
              <GroupRow key={group.id} group={group} />
            ))}
          </Card>
          <Pager
            total={t('count', { count: data.total ?? 0, groups: format.number(data.total ?? 0) })}
            trail={trail}
            next={data.next_cursor ?? null}
            onMove={(moved) => setPlace({ asked, trail: moved })}
          />
        </Box>
      )}
      {making && (
        <GroupDialog
          onClose={() => setMaking(false)}
          onSaved={(group) => void navigate(`/admin/groups/${group.id}`)}
        />
      )}
    </Page>
  );
}
