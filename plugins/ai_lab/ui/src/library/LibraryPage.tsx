import { Box, Button, Chip, MenuItem, Stack, TextField, ToggleButton, ToggleButtonGroup } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, Page, PageHeader, useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { RemoveDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../pages/texts.ts';
import { type KeptPrompt, SHELVES, SORTS, type Search, type Shelf, type Sort, useAiLabListPromptTagsQuery, useAiLabListPromptsInfiniteQuery, useAiLabRemovePromptMutation } from './api.ts';
import { PromptCard } from './PromptCard.tsx';
import PromptDialog from './PromptDialog.tsx';
import { UnshareDialog } from './UnshareDialog.tsx';
import { useSearch, useSettled } from './useSearch.ts';

type Change = (change: Partial<Search>) => void;

function Filters({ search, change }: { readonly search: Search; readonly change: Change }): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const { data: tags = [] } = useAiLabListPromptTagsQuery(search.shelf);
  return (
    <Stack sx={{ gap: 2, mb: 3 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
        <ToggleButtonGroup
          exclusive
          size="small"
          value={search.shelf}
          aria-label={t('admin.library.shelf')}
          onChange={(_event, shelf: Shelf | null) => shelf !== null && change({ shelf, tag: '' })}
        >
          {SHELVES.map((each) => (
            <ToggleButton key={each} value={each} sx={{ minHeight: 44, px: 2 }}>
              {t(`admin.library.${each}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <TextField
          type="search"
          label={t('admin.library.search')}
          value={search.q}
          sx={{ flex: '1 1 220px' }}
          slotProps={{ htmlInput: { maxLength: 200 } }}
          onChange={(event) => change({ q: event.target.value })}
        />
        <TextField select label={t('admin.library.sort')} value={search.sort} sx={{ flex: '0 1 200px', minWidth: 180 }} onChange={(event) => change({ sort: event.target.value as Sort })}>
          {SORTS.map((each) => (
            <MenuItem key={each} value={each}>
              {t(`admin.library.${each}`)}
            </MenuItem>
          ))}
        </TextField>
      </Box>
      {tags.length > 0 && (
        <Box role="group" aria-label={t('admin.library.tags')} sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75 }}>
          {tags.map(({ tag, prompts }) => (
            <Chip
              key={tag}
              label={`${tag} ${format.number(prompts)}`}
              aria-label={t('admin.library.tag_count', { tag, count: prompts })}
              aria-pressed={search.tag === tag}
              color={search.tag === tag ? 'primary' : 'default'}
              onClick={() => change({ tag: search.tag === tag ? '' : tag })}
            />
          ))}
        </Box>
      )}
    </Stack>
  );
}

function Nothing({ search, change, onCreate }: { readonly search: Search; readonly change: Change; readonly onCreate: () => void }): ReactNode {
  const t = useTexts();
  const narrowed = search.q !== '' || search.tag !== '';
  const key = narrowed ? 'found' : search.shelf;
  const action = narrowed ? (
    <Button variant="outlined" onClick={() => change({ q: '', tag: '' })}>
      {t('admin.library.clear')}
    </Button>
  ) : (
    <Button variant="contained" onClick={onCreate}>
      {t('admin.library.new')}
    </Button>
  );
  return <EmptyState role="status" title={t(`admin.library.none_${key}`)} description={t(`admin.library.none_${key}_detail`)} action={action} />;
}

interface Opened {
  readonly dialog: 'edit' | 'remove' | 'unshare';
  readonly prompt: KeptPrompt | null;
}

function Removal({ prompt, onClose }: { readonly prompt: KeptPrompt; readonly onClose: () => void }): ReactNode {
  const t = useTexts();
  const notify = useNotify();
  const message = useProblemMessage();
  const [remove, { error, isLoading }] = useAiLabRemovePromptMutation();
  const confirm = async (): Promise<void> => {
    if ((await remove(prompt.id)).error !== undefined) return;
    notify({ message: t('admin.removed', { name: prompt.title }), severity: 'success' });
    onClose();
  };
  return <RemoveDialog t={t} name={prompt.title} busy={isLoading} problem={error === undefined ? undefined : message(error)} onConfirm={() => void confirm()} onClose={onClose} />;
}

/** The prompts that the reader keeps, and those that others share. */
export default function LibraryPage(): ReactNode {
  const t = useTexts();
  const { search, change } = useSearch();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useAiLabListPromptsInfiniteQuery(useSettled(search));
  const [opened, setOpened] = useState<Opened>();
  const close = (): void => setOpened(undefined);
  const create = (): void => setOpened({ dialog: 'edit', prompt: null });
  const prompts = data?.pages.flatMap((page) => page.items);
  const button = (
    <Button variant="contained" onClick={create}>
      {t('admin.library.new')}
    </Button>
  );
  return (
    <Page title={t('admin.library.title')} maxWidth="lg">
      <PageHeader title={t('admin.library.title')} description={t('admin.library.lead')} actions={button} />
      <Filters search={search} change={change} />
      {prompts === undefined && (error === undefined ? <LoadingState lines={4} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {prompts?.length === 0 && <Nothing search={search} change={change} onCreate={create} />}
      {prompts !== undefined && prompts.length > 0 && (
        <Box
          component="ul"
          aria-label={t(`admin.library.${search.shelf}`)}
          sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 380px), 1fr))' }}
        >
          {prompts.map((each) => (
            <PromptCard
              key={each.id}
              prompt={each}
              onEdit={() => setOpened({ dialog: 'edit', prompt: each })}
              onRemove={() => setOpened({ dialog: 'remove', prompt: each })}
              onUnshare={() => setOpened({ dialog: 'unshare', prompt: each })}
              onTag={(tag) => change({ tag })}
            />
          ))}
        </Box>
      )}
      {hasNextPage && (
        <Button variant="outlined" loading={isFetchingNextPage} sx={{ display: 'flex', mx: 'auto', mt: 3 }} onClick={() => void fetchNextPage()}>
          {t('admin.more')}
        </Button>
      )}
      {opened?.dialog === 'edit' && <PromptDialog prompt={opened.prompt} onClose={close} />}
      {opened?.dialog === 'remove' && opened.prompt !== null && <Removal prompt={opened.prompt} onClose={close} />}
      {opened?.dialog === 'unshare' && opened.prompt !== null && <UnshareDialog prompt={opened.prompt} onClose={close} />}
    </Page>
  );
}
