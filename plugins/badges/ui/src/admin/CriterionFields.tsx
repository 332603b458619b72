import { MenuItem, TextField } from '@mui/material';
import { ConditionFields, EventField, type EventType } from '@questline/ui-sdk/admin';
import type { ReactNode } from 'react';
import { type Draft, KINDS } from './draft.ts';
import { useTexts } from './texts.ts';

interface CriterionFieldsProps {
  readonly draft: Draft;
  readonly types: readonly EventType[];
  /** What is wrong with a field, in words. */
  readonly error: (field: string) => string | undefined;
  readonly onChange: (values: Partial<Draft>) => void;
}

interface NumberFieldProps extends Omit<CriterionFieldsProps, 'types'> {
  readonly name: 'count' | 'points' | 'days' | 'position';
  readonly hint?: string;
}

/** A field for a whole number. */
export function NumberField({ name, hint, draft, error, onChange }: NumberFieldProps): ReactNode {
  const t = useTexts();
  return (
    <TextField
      required
      name={name}
      label={t(`admin.${name}`)}
      value={draft[name]}
      error={error(name) !== undefined}
      helperText={error(name) ?? hint}
      slotProps={{ htmlInput: { inputMode: 'numeric' } }}
      onChange={(event) => onChange({ [name]: event.target.value })}
    />
  );
}

/** What a badge takes: the kind of its criterion, and what that kind needs. */
export function CriterionFields({ types, ...props }: CriterionFieldsProps): ReactNode {
  const t = useTexts();
  const { draft, error, onChange } = props;
  return (
    <>
      <TextField select label={t('admin.criterion')} value={draft.kind} onChange={(event) => onChange({ kind: event.target.value as Draft['kind'] })}>
        {KINDS.map((kind) => (
          <MenuItem key={kind} value={kind}>
            {t(`admin.kind.${kind}`)}
          </MenuItem>
        ))}
      </TextField>
      {draft.kind === 'event_count' && (
        <>
          <EventField
            t={t}
            label={t('admin.event')}
            value={draft.event}
            types={types}
            error={error('event')}
            onChange={(event) => onChange({ event })}
          />
          <ConditionFields
            t={t}
            value={draft.condition}
            fields={types.find(({ type }) => type === draft.event)?.fields ?? []}
            error={error}
            onChange={(condition) => onChange({ condition })}
          />
          <NumberField name="count" {...props} />
        </>
      )}
      {draft.kind === 'points_total' && <NumberField name="points" {...props} />}
      {draft.kind === 'streak' && <NumberField name="days" {...props} />}
      {draft.kind === 'course_completed' && (
        <TextField
          name="course"
          label={t('admin.course')}
          value={draft.course}
          placeholder={t('admin.course_any')}
          error={error('course') !== undefined}
          helperText={error('course') ?? t('admin.course_hint')}
          slotProps={{ htmlInput: { spellCheck: false, autoCapitalize: 'none', maxLength: 120 } }}
          onChange={(event) => onChange({ course: event.target.value })}
        />
      )}
    </>
  );
}
