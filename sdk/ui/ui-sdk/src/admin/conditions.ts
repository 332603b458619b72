/** A value that a condition compares with. */
export type Scalar = string | number | boolean;

/** How a condition compares, as the server names it. */
export const OPERATORS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in'] as const;

/** One of the comparisons. */
export type Operator = (typeof OPERATORS)[number];

/** Compares one field of an event's data with a value. */
export interface Condition {
  readonly field: string;
  readonly op: Operator;
  readonly value: Scalar | readonly Scalar[];
}

/** A condition while it is being written. */
export interface ConditionDraft {
  readonly field: string;
  readonly op: Operator;
  readonly value: string;
}

/** What is wrong with the parts of a condition: keys of texts. */
export type ConditionErrors = Readonly<Partial<Record<'condition_field' | 'condition_value', string>>>;

const ORDERINGS: ReadonlySet<Operator> = new Set(['gt', 'gte', 'lt', 'lte']);

/** Reads `true`, `false` and numbers as such, all else as text; text in quotes stays text. */
export function readScalar(text: string): Scalar {
  const trimmed = text.trim();
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true';
  if (/^-?\d+(?:\.\d+)?$/u.test(trimmed)) return Number(trimmed);
  return /^"(?<inner>.*)"$/u.exec(trimmed)?.groups?.inner ?? trimmed;
}

function writeScalar(value: Scalar): string {
  return typeof value === 'string' && readScalar(value) !== value ? `"${value}"` : String(value);
}

/** A value as it is written in a field. */
export function writeValue(value: Condition['value']): string {
  return typeof value === 'object' ? value.map(writeScalar).join(', ') : writeScalar(value);
}

/** A kept condition, to be changed. */
export function toConditionDraft(condition: Condition): ConditionDraft {
  return { ...condition, value: writeValue(condition.value) };
}

/** The condition that a draft stands for. */
export function toCondition({ field, op, value }: ConditionDraft): Condition {
  const parts = value.split(',').filter((part) => part.trim() !== '');
  return { field: field.trim(), op, value: op === 'in' ? parts.map(readScalar) : readScalar(value) };
}

/** What is wrong with a draft. */
export function conditionErrors(draft: ConditionDraft): ConditionErrors {
  const { value } = toCondition(draft);
  const wrong =
    draft.value.trim() === '' || (typeof value === 'object' && value.length === 0)
      ? 'needed'
      : ORDERINGS.has(draft.op) && typeof value !== 'number'
        ? 'number_needed'
        : undefined;
  return {
    ...(draft.field.trim() === '' ? { condition_field: 'needed' } : {}),
    ...(wrong === undefined ? {} : { condition_value: wrong }),
  };
}
