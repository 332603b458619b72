import { Button, Card } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, Page, PageHeader, useNotify, useProblemMessage } from '@questline/ui-sdk';
import type { TFunction } from 'i18next';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { RemoveDialog } from './RemoveDialog.tsx';

interface Outcome {
  readonly error?: unknown;
}

interface Removal extends Outcome {
  readonly isLoading: boolean;
  readonly reset: () => void;
}

interface ManagedPageProps<Item> {
  /** The plugin's texts, from `adminTexts`. */
  readonly t: TFunction;
  /** The answer of the query that lists the items. */
  readonly list: { readonly data?: { readonly items: readonly Item[] } | undefined; readonly error?: unknown; readonly refetch: () => unknown };
  /** The mutation that removes the item with an id. */
  readonly removal: readonly [(id: string) => PromiseLike<Outcome>, Removal];
  /** What an item is called. */
  readonly nameOf: (item: Item) => string;
  /** Why an item is not removed, where the page has better words than the problem itself. */
  readonly refusal?: (problem: unknown) => string | undefined;
  readonly renderRow: (item: Item, actions: { readonly onEdit: () => void; readonly onRemove: () => void }) => ReactNode;
  /** The form for an item; null for a new one. */
  readonly renderForm: (item: Item | null, onClose: () => void) => ReactNode;
}

/** A page that lists what a plugin keeps, with a form to write and change it and a question before it is removed. */
export function ManagedPage<Item extends { readonly id: string }>(props: ManagedPageProps<Item>): ReactNode {
  const { t, list, nameOf, refusal, renderRow, renderForm } = props;
  const [remove, { isLoading, error: problem, reset }] = props.removal;
  const notify = useNotify();
  const message = useProblemMessage();
  const [editing, setEditing] = useState<Item | 'new'>();
  const [removing, setRemoving] = useState<Item>();
  const create = useRef<HTMLButtonElement>(null);
  const items = list.data?.items;
  const count = items?.length ?? 0;
  const before = useRef(count);
  useEffect(() => {
    // The button that had the focus went with its item.
    if (count < before.current && document.activeElement === document.body) create.current?.focus({ preventScroll: true });
    before.current = count;
  }, [count]);
  const confirm = async (item: Item): Promise<void> => {
    const answer = await remove(item.id);
    if (answer.error !== undefined) return;
    setRemoving(undefined);
    notify({ message: t('admin.removed', { name: nameOf(item) }), severity: 'success' });
  };
  const ask = (item: Item): void => {
    reset();
    setRemoving(item);
  };
  const button = (
    <Button ref={create} variant="contained" onClick={() => setEditing('new')}>
      {t('admin.create')}
    </Button>
  );
  return (
    <Page title={t('admin.title')} maxWidth="md">
      <PageHeader title={t('admin.title')} description={t('admin.lead')} actions={items && button} />
      {items === undefined &&
        (list.error === undefined ? <LoadingState lines={5} /> : <ErrorState error={list.error} onRetry={() => void list.refetch()} />)}
      {items?.length === 0 && <EmptyState role="status" title={t('admin.none')} description={t('admin.none_detail')} />}
      {items !== undefined && items.length > 0 && (
        <Card component="ul" aria-label={t('admin.title')} sx={{ m: 0, px: { xs: 1.5, sm: 3 }, py: 0.5, listStyle: 'none' }}>
          {items.map((item) => renderRow(item, { onEdit: () => setEditing(item), onRemove: () => ask(item) }))}
        </Card>
      )}
      {editing !== undefined && renderForm(editing === 'new' ? null : editing, () => setEditing(undefined))}
      {removing !== undefined && (
        <RemoveDialog
          t={t}
          name={nameOf(removing)}
          busy={isLoading}
          problem={problem === undefined ? undefined : (refusal?.(problem) ?? message(problem))}
          onConfirm={() => void confirm(removing)}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </Page>
  );
}
