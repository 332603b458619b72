import { MenuItem, Stack, TextField } from '@mui/material';
import { fieldError, isApiProblem, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type GroupCard, useCreateGroupMutation, useUpdateGroupMutation } from './api.ts';
import { TEXTS } from './texts.ts';

interface GroupDialogProps {
  /** The group to change; without one a new group is made. */
  readonly group?: GroupCard;
  readonly onSaved: (group: GroupCard) => void;
  readonly onClose: () => void;
}

const FIELDS = ['name', 'slug', 'description', 'starts_on', 'ends_on'] as const;

/** Makes or changes a group. */
export function GroupDialog({ group, onSaved, onClose }: GroupDialogProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const message = useProblemMessage();
  const [create, creating] = useCreateGroupMutation();
  const [update, updating] = useUpdateGroupMutation();
  const [name, setName] = useState(group?.name ?? '');
  const [slug, setSlug] = useState(group?.slug ?? '');
  const [description, setDescription] = useState(group?.description ?? '');
  const [kind, setKind] = useState(group?.kind ?? 'group');
  const [dates, setDates] = useState({ starts_on: group?.starts_on ?? '', ends_on: group?.ends_on ?? '' });
  const problem: unknown = creating.error ?? updating.error;
  const wrong = (field: string): string | undefined => fieldError(problem, field);
  const day = (value: string): string | null => (kind === 'cohort' && value !== '' ? value : null);
  const save = async (): Promise<string | undefined> => {
    const fields = { name, description, kind, starts_on: day(dates.starts_on), ends_on: day(dates.ends_on) };
    const named = slug === '' ? fields : { ...fields, slug };
    const answer = await (group === undefined ? create(named) : update({ groupId: group.id, groupChanges: named }));
    if (answer.data === undefined) return FIELDS.find((field) => fieldError(answer.error, field) !== undefined);
    notify({ message: group === undefined ? t('created', { name: answer.data.name }) : t('saved'), severity: 'success' });
    onSaved(answer.data);
    return undefined;
  };
  const known = isApiProblem(problem) && FIELDS.some((field) => fieldError(problem, field) !== undefined);
  return (
    <FormDialog
      title={group === undefined ? t('new') : t('edit_title', { name: group.name })}
      busy={creating.isLoading || updating.isLoading}
      problem={problem !== undefined && !known ? message(problem) : undefined}
      onSave={save}
      onClose={onClose}
    >
      <TextField
        name="name"
        label={t('name')}
        value={name}
        required
        autoFocus
        error={wrong('name') !== undefined}
        helperText={wrong('name')}
        onChange={({ target }) => setName(target.value)}
      />
      <TextField
        name="description"
        label={t('description')}
        value={description}
        multiline
        minRows={2}
        maxRows={6}
        error={wrong('description') !== undefined}
        helperText={wrong('description')}
        onChange={({ target }) => setDescription(target.value)}
      />
      <TextField
        select
        label={t('kind')}
        value={kind}
        helperText={t('kind_hint')}
        onChange={({ target }) => setKind(target.value === 'cohort' ? 'cohort' : 'group')}
      >
        <MenuItem value="group">{t('kind_group')}</MenuItem>
        <MenuItem value="cohort">{t('kind_cohort')}</MenuItem>
      </TextField>
      {kind === 'cohort' && (
        <Stack direction={{ xs: 'column', sm: 'row' }} sx={{ gap: 2.5 }}>
          {(['starts_on', 'ends_on'] as const).map((field) => (
            <TextField
              key={field}
              name={field}
              type="date"
              fullWidth
              label={t(field)}
              value={dates[field]}
              error={wrong(field) !== undefined}
              helperText={wrong(field)}
              onChange={({ target }) => setDates({ ...dates, [field]: target.value })}
              slotProps={{ inputLabel: { shrink: true } }}
            />
          ))}
        </Stack>
      )}
      <TextField
        name="slug"
        label={t('slug')}
        value={slug}
        error={wrong('slug') !== undefined}
        helperText={wrong('slug') ?? t('slug_hint')}
        onChange={({ target }) => setSlug(target.value)}
      />
    </FormDialog>
  );
}
