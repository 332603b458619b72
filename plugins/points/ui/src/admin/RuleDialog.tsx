import { FormControlLabel, Switch, TextField } from '@mui/material';
import { fieldError, isApiProblem, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { ConditionFields, EventField, FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { AmountFields } from './AmountFields.tsx';
import { type Rule, usePointsListEventTypesQuery, usePointsSaveRuleMutation } from './api.ts';
import { type Draft, type Errors, errorsOf, toDraft, toRule } from './draft.ts';
import { useTexts } from './texts.ts';

const FIELDS = ['name', 'event', 'amount', 'condition', 'cap', 'cooldown_seconds'];

/** Writes a new rule, or changes one. */
export function RuleDialog({ rule, onClose }: { readonly rule: Rule | null; readonly onClose: () => void }): ReactNode {
  const t = useTexts();
  const notify = useNotify();
  const message = useProblemMessage();
  const { data } = usePointsListEventTypesQuery();
  const types = data?.event_types ?? (rule === null ? [] : [{ type: rule.event, fields: [] }]);
  const [save, { isLoading, error: problem }] = usePointsSaveRuleMutation();
  const [draft, setDraft] = useState(() => toDraft(rule));
  const [errors, setErrors] = useState<Errors>({});
  const change = (values: Partial<Draft>): void => setDraft({ ...draft, ...values });
  const error = (field: string): string | undefined =>
    errors[field] === undefined ? fieldError(problem, field) : t(`admin.wrong.${errors[field]}`);
  const submit = async (): Promise<string | undefined> => {
    const found = errorsOf(draft);
    setErrors(found);
    const [first] = Object.keys(found);
    if (first !== undefined) return first;
    const answer = await save({ id: rule?.id, rule: toRule(draft) });
    if (answer.error !== undefined) return isApiProblem(answer.error) ? answer.error.errors[0]?.field : undefined;
    notify({ message: t('admin.saved', { name: draft.name.trim() }), severity: 'success' });
    onClose();
    return undefined;
  };
  const elsewhere = problem !== undefined && !FIELDS.some((field) => fieldError(problem, field) !== undefined);
  return (
    <FormDialog
      title={rule === null ? t('admin.create') : t('admin.change')}
      busy={isLoading}
      problem={elsewhere ? message(problem) : undefined}
      onSave={submit}
      onClose={onClose}
    >
      <TextField
        autoFocus
        required
        name="name"
        label={t('admin.name')}
        value={draft.name}
        error={error('name') !== undefined}
        helperText={error('name') ?? t('admin.name_hint')}
        slotProps={{ htmlInput: { maxLength: 120 } }}
        onChange={(event) => change({ name: event.target.value })}
      />
      <EventField
        t={t}
        key={data === undefined ? 'loading' : 'loaded'}
        label={t('admin.event')}
        value={draft.event}
        types={types}
        error={error('event')}
        onChange={(event) => change({ event })}
      />
      <ConditionFields
        t={t}
        value={draft.condition}
        fields={types.find(({ type }) => type === draft.event)?.fields ?? []}
        error={error}
        onChange={(condition) => change({ condition })}
      />
      <AmountFields draft={draft} error={error} onChange={change} />
      <FormControlLabel
        label={t('admin.enabled')}
        sx={{ ml: 0, gap: 1.5 }}
        control={<Switch checked={draft.enabled} onChange={(event) => change({ enabled: event.target.checked })} />}
      />
    </FormDialog>
  );
}
