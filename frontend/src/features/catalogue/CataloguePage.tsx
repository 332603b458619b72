import SearchRounded from '@mui/icons-material/SearchRounded';
import { Box, Button, InputAdornment, Skeleton, Stack, TextField } from '@mui/material';
import { EmptyState, ErrorState, Page, PageHeader } from '@questline/ui-sdk';
import { type ReactNode, useDeferredValue, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddressParams } from '../../app/addressParams.ts';
import { radius } from '../../design/theme/tokens.ts';
import { CourseTile } from './CourseTile.tsx';
import { Tags } from './Tags.tsx';
import { useCatalogue } from './useCatalogue.ts';

const SEARCH_PATH =
  'M15.5 14h-.79l-.28-.27A6.47 6.47 0 0 0 16 9.5 6.5 6.5 0 1 0 9.5 16c1.61 0 3.09-.59 4.23-1.57l.27.28v.79l5 4.99L20.49 19zm-6 0C7.01 14 5 11.99 5 9.5S7.01 5 9.5 5 14 7.01 14 9.5 11.99 14 9.5 14';
const TYPING_PAUSE = 250;

const grid = {
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 300px), 1fr))',
  gap: { xs: 2, md: 3 },
  m: 0,
  p: 0,
  listStyle: 'none',
} as const;

/** All courses of the site, to search and to choose from. */
export default function CataloguePage(): ReactNode {
  const { t } = useTranslation();
  const { t: sdk } = useTranslation('sdk');
  const { params, change, clear } = useAddressParams();
  const tag = params.get('tag') ?? '';
  const [typed, setTyped] = useState(params.get('search') ?? '');
  const search = useDeferredValue(params.get('search') ?? '');
  const { courses, known, error, refetch, isFetching, next, more } = useCatalogue(search, tag);
  useEffect(() => {
    if (typed === (params.get('search') ?? '')) return undefined;
    const timer = setTimeout(() => change('search', typed.trim()), TYPING_PAUSE);
    return () => clearTimeout(timer);
  });
  return (
    <Page title={t('catalogue.title')}>
      <PageHeader title={t('catalogue.title')} description={t('catalogue.lead')} />
      <Stack role="search" sx={{ gap: 2, mb: 4 }}>
        <TextField
          type="search"
          placeholder={t('catalogue.search')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          sx={{ maxWidth: 560 }}
          slotProps={{
            htmlInput: { 'aria-label': t('catalogue.search') },
            input: {
              startAdornment: (
                <InputAdornment position="start">
                  <SearchRounded />
                </InputAdornment>
              ),
            },
          }}
        />
        <Tags courses={courses} chosen={tag} onChoose={(chosen) => change('tag', chosen)} />
      </Stack>
      {error !== undefined && !known && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === undefined && !known && (
        <Box sx={grid} role="status" aria-busy aria-label={sdk('loading')}>
          {[0, 1, 2].map((tile) => (
            <Skeleton key={tile} variant="rectangular" height={420} sx={{ borderRadius: radius('card') }} />
          ))}
        </Box>
      )}
      {known && courses.length === 0 && (
        <EmptyState
          role="status"
          icon={SEARCH_PATH}
          title={t(search === '' && tag === '' ? 'catalogue.empty' : 'catalogue.nothing')}
          description={t(search === '' && tag === '' ? 'catalogue.empty_detail' : 'catalogue.nothing_detail')}
          action={
            (search !== '' || tag !== '') && (
              <Button
                variant="outlined"
                onClick={() => {
                  setTyped('');
                  clear();
                }}
              >
                {t('catalogue.clear')}
              </Button>
            )
          }
        />
      )}
      {courses.length > 0 && (
        <Box component="ul" aria-busy={isFetching} sx={grid}>
          {courses.map((course) => (
            <CourseTile key={course.id} course={course} />
          ))}
        </Box>
      )}
      {next !== null && (
        <Stack sx={{ alignItems: 'center', mt: 4 }}>
          <Button variant="outlined" loading={isFetching} onClick={more}>
            {t('catalogue.more')}
          </Button>
        </Stack>
      )}
    </Page>
  );
}
