/** A field of what was changed, as it was and as it is. */
export interface Change {
  readonly field: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function shown(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string'
    ? value
    : JSON.stringify(value, undefined, 1);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}

/** The fields that an entry names, those that differ first. */
export function changesOf(
  details: Readonly<Record<string, unknown>>,
): readonly Change[] {
  const before = fieldsOf(details['before']);
  const after = fieldsOf(details['after']);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changes = names.map((field) => ({
    field,
    before: shown(before[field]),
    after: shown(after[field]),
  }));
  return changes.toSorted(
    (a, b) => Number(a.before === a.after) - Number(b.before === b.after),
  );
}
