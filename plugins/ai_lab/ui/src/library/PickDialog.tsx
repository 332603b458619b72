import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField, ToggleButton, ToggleButtonGroup, type Theme, Typography, useMediaQuery } from '@mui/material';
import { EmptyState, ErrorState, LoadingState } from '@questline/ui-sdk';
import { type ReactNode, useId, useState } from 'react';
import { QUOTE } from '../look.ts';
import { useTexts } from '../pages/texts.ts';
import { SHELVES, type Search, type Shelf, useAiLabListPromptsInfiniteQuery } from './api.ts';
import { useSettled } from './useSearch.ts';

interface PickDialogProps {
  readonly onPick: (text: string) => void;
  readonly onClose: () => void;
}

/** Chooses a prompt of the library, to go on from in an exercise. */
export default function PickDialog({ onPick, onClose }: PickDialogProps): ReactNode {
  const t = useTexts();
  const id = useId();
  const phone = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
  const [search, setSearch] = useState<Search>({ shelf: 'mine', sort: 'votes', q: '', tag: '' });
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useAiLabListPromptsInfiniteQuery(useSettled(search));
  const prompts = data?.pages.flatMap((page) => page.items);
  const none = search.q === '' ? search.shelf : 'found';
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} fullWidth maxWidth="sm" fullScreen={phone}>
      <DialogTitle id={id}>{t('admin.library.pick_title')}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 2, alignContent: 'start' }}>
        <ToggleButtonGroup
          exclusive
          size="small"
          value={search.shelf}
          aria-label={t('admin.library.shelf')}
          onChange={(_event, shelf: Shelf | null) => shelf !== null && setSearch({ ...search, shelf })}
        >
          {SHELVES.map((each) => (
            <ToggleButton key={each} value={each} sx={{ minHeight: 44, px: 2 }}>
              {t(`admin.library.${each}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <TextField type="search" label={t('admin.library.search')} value={search.q} onChange={(event) => setSearch({ ...search, q: event.target.value })} />
        {prompts === undefined && (error === undefined ? <LoadingState lines={3} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
        {prompts?.length === 0 && <EmptyState role="status" title={t(`admin.library.none_${none}`)} description={t(`admin.library.none_${none}_detail`)} />}
        {prompts !== undefined && prompts.length > 0 && (
          <Box component="ul" aria-label={t(`admin.library.${search.shelf}`)} sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2 }}>
            {prompts.map(({ id: key, title, text }) => (
              <Box component="li" key={key} sx={{ display: 'grid', gap: 1, justifyItems: 'start', minWidth: 0 }}>
                <Typography variant="h4" component="h3" sx={{ overflowWrap: 'anywhere' }}>
                  {title}
                </Typography>
                <Box tabIndex={0} role="group" aria-label={title} sx={[QUOTE, { width: '100%', maxHeight: 140, overflowY: 'auto' }]}>
                  {text}
                </Box>
                <Button size="small" variant="outlined" aria-label={t('admin.library.pick_named', { title })} onClick={() => onPick(text)}>
                  {t('admin.library.pick')}
                </Button>
              </Box>
            ))}
          </Box>
        )}
        {hasNextPage && (
          <Button variant="outlined" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('admin.more')}
          </Button>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          {t('admin.library.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
