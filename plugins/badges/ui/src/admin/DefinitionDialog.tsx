import { TextField } from '@mui/material';
import { isApiProblem, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { type Definition, useBadgesListEventTypesQuery, useBadgesSaveDefinitionMutation } from './api.ts';
import { CriterionFields, NumberField } from './CriterionFields.tsx';
import { type Draft, type Errors, errorsOf, fieldOf, slugOf, toDefinition, toDraft } from './draft.ts';
import { LookFields } from './LookFields.tsx';
import { useTexts } from './texts.ts';

const FIELDS: ReadonlySet<string> = new Set(['title', 'slug', 'description', 'hint', 'event', 'count', 'points', 'days', 'course', 'position']);

interface DefinitionDialogProps {
  readonly definition: Definition | null;
  /** Where a new badge comes. */
  readonly last: number;
  readonly onClose: () => void;
}

/** Defines a new badge, or changes one. */
export function DefinitionDialog({ definition, last, onClose }: DefinitionDialogProps): ReactNode {
  const t = useTexts();
  const notify = useNotify();
  const message = useProblemMessage();
  const { data } = useBadgesListEventTypesQuery();
  const counted = definition?.criterion.type === 'event_count' ? [{ type: definition.criterion.event, fields: [] }] : [];
  const [save, { isLoading, error: problem, reset }] = useBadgesSaveDefinitionMutation();
  const [draft, setDraft] = useState(() => toDraft(definition, last));
  const [errors, setErrors] = useState<Errors>({});
  const refused = isApiProblem(problem) ? fieldOf(problem) : undefined;
  const change = (values: Partial<Draft>): void => setDraft({ ...draft, ...values });
  const error = (field: string): string | undefined => {
    if (errors[field] !== undefined) return t(`admin.wrong.${errors[field]}`);
    if (refused !== field || !isApiProblem(problem)) return undefined;
    return problem.code === 'slug_taken' ? t('admin.wrong.slug_taken') : problem.errors[0]?.message;
  };
  const submit = async (): Promise<string | undefined> => {
    reset();
    const found = errorsOf(draft);
    setErrors(found);
    const [first] = Object.keys(found);
    if (first !== undefined) return first;
    const answer = await save({ id: definition?.id, definition: toDefinition(draft) });
    if (answer.error !== undefined) return isApiProblem(answer.error) ? fieldOf(answer.error) : undefined;
    notify({ message: t('admin.saved', { name: draft.title.trim() }), severity: 'success' });
    onClose();
    return undefined;
  };
  const text = (field: 'title' | 'slug' | 'description' | 'hint', label: string, hint: string | undefined, maxLength: number, more = {}): ReactNode => (
    <TextField
      name={field}
      label={label}
      value={draft[field]}
      error={error(field) !== undefined}
      helperText={error(field) ?? hint}
      slotProps={{ htmlInput: { maxLength } }}
      onChange={(event) => change({ [field]: event.target.value })}
      {...more}
    />
  );
  const named = definition !== null || draft.slug !== slugOf(draft.title);
  return (
    <FormDialog
      title={definition === null ? t('admin.create') : t('admin.change')}
      busy={isLoading}
      problem={problem !== undefined && (refused === undefined || !FIELDS.has(refused)) ? message(problem) : undefined}
      onSave={submit}
      onClose={onClose}
    >
      {text('title', t('admin.name'), undefined, 80, {
        required: true,
        autoFocus: true,
        onChange: ({ target }: { readonly target: { readonly value: string } }) =>
          change({ title: target.value, ...(named ? {} : { slug: slugOf(target.value) }) }),
      })}
      {text('slug', t('admin.slug'), t('admin.slug_hint'), 63, { required: true })}
      {text('description', t('admin.description'), t('admin.description_hint'), 300, { required: true, multiline: true })}
      {text('hint', t('admin.hint'), t('admin.hint_hint'), 200, { multiline: true })}
      <CriterionFields draft={draft} types={data?.event_types ?? counted} error={error} onChange={change} />
      <LookFields draft={draft} onChange={change} />
      <NumberField name="position" hint={t('admin.position_hint')} draft={draft} error={error} onChange={change} />
    </FormDialog>
  );
}
