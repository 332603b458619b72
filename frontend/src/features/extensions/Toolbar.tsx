import SearchRounded from '@mui/icons-material/SearchRounded';
import { Chip, InputAdornment, Stack, TextField } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FILTERS, type Filter } from './search.ts';
import { TEXTS } from './texts.ts';

interface ToolbarProps {
  readonly search: string;
  readonly filter: Filter;
  readonly onSearch: (search: string) => void;
  readonly onFilter: (filter: Filter) => void;
}

/** Finds packs and plugins by a word and by how they are. */
export function Toolbar({ search, filter, onSearch, onFilter }: ToolbarProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  return (
    <Stack
      role="search"
      direction={{ xs: 'column', md: 'row' }}
      sx={{ gap: 2, mb: 4, alignItems: { md: 'center' } }}
    >
      <TextField
        type="search"
        placeholder={t('search')}
        value={search}
        onChange={({ target }) => onSearch(target.value)}
        sx={{ flex: 1, maxWidth: { md: 480 } }}
        slotProps={{
          htmlInput: { 'aria-label': t('search') },
          input: {
            startAdornment: (
              <InputAdornment position="start">
                <SearchRounded />
              </InputAdornment>
            ),
          },
        }}
      />
      <Stack direction="row" role="group" aria-label={t('filter')} sx={{ flexWrap: 'wrap', gap: 1 }}>
        {FILTERS.map((each) => (
          <Chip
            key={each}
            label={t(`filter_${each}`)}
            clickable
            color={filter === each ? 'primary' : 'default'}
            aria-pressed={filter === each}
            onClick={() => onFilter(each)}
            sx={{ height: 40, px: 0.75, '@media (pointer: coarse)': { height: 44 } }}
          />
        ))}
      </Stack>
    </Stack>
  );
}
