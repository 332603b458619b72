import { Autocomplete, TextField } from '@mui/material';
import { fieldError, isApiProblem, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type WebhookCard,
  useCreateWebhookMutation,
  useListWebhookEventTypesQuery,
  useUpdateWebhookMutation,
} from './api.ts';
import { TEXTS } from './texts.ts';

interface WebhookDialogProps {
  /** The webhook to change; without one a new one is made. */
  readonly webhook?: WebhookCard;
  readonly onMade?: (made: { readonly webhook: WebhookCard; readonly secret: string }) => void;
  readonly onClose: () => void;
}

const FIELDS = ['url', 'description', 'event_types'] as const;

/** Makes or changes a webhook. */
export function WebhookDialog({ webhook, onMade, onClose }: WebhookDialogProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const message = useProblemMessage();
  const { data: known } = useListWebhookEventTypesQuery();
  const [create, creating] = useCreateWebhookMutation();
  const [update, updating] = useUpdateWebhookMutation();
  const [url, setUrl] = useState(webhook?.url ?? 'https://');
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [events, setEvents] = useState<readonly string[]>((webhook?.event_types ?? []).filter((each) => each !== '*'));
  const problem: unknown = creating.error ?? updating.error;
  const wrong = (field: string): string | undefined => fieldError(problem, field);
  const save = async (): Promise<string | undefined> => {
    const fields = { url, description, event_types: events.length === 0 ? ['*'] : [...events] };
    if (webhook === undefined) {
      const answer = await create(fields);
      if (answer.data === undefined) return FIELDS.find((field) => fieldError(answer.error, field) !== undefined);
      notify({ message: t('created'), severity: 'success' });
      onMade?.(answer.data);
      return undefined;
    }
    const answer = await update({ webhookId: webhook.id, webhookChanges: fields });
    if (answer.data === undefined) return FIELDS.find((field) => fieldError(answer.error, field) !== undefined);
    notify({ message: t('saved'), severity: 'success' });
    onClose();
    return undefined;
  };
  const placed = isApiProblem(problem) && FIELDS.some((field) => fieldError(problem, field) !== undefined);
  return (
    <FormDialog
      title={t(webhook === undefined ? 'new' : 'edit_title')}
      busy={creating.isLoading || updating.isLoading}
      problem={problem !== undefined && !placed ? message(problem) : undefined}
      onSave={save}
      onClose={onClose}
    >
      <TextField
        name="url"
        type="url"
        label={t('url')}
        value={url}
        required
        autoFocus
        error={wrong('url') !== undefined}
        helperText={wrong('url') ?? t('url_hint')}
        onChange={({ target }) => setUrl(target.value)}
      />
      <TextField
        name="description"
        label={t('description')}
        value={description}
        error={wrong('description') !== undefined}
        helperText={wrong('description')}
        onChange={({ target }) => setDescription(target.value)}
      />
      <Autocomplete
        multiple
        options={known?.map(({ name }) => name) ?? []}
        groupBy={(name) => known?.find((each) => each.name === name)?.publisher ?? ''}
        value={[...events]}
        disableCloseOnSelect
        onChange={(_event, value) => setEvents(value)}
        renderInput={(params) => (
          <TextField
            {...params}
            label={t('events')}
            error={wrong('event_types') !== undefined}
            helperText={wrong('event_types') ?? t('events_hint')}
          />
        )}
      />
    </FormDialog>
  );
}
