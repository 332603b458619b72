import { isApiProblem } from '@questline/ui-sdk';

/** Values of settings by field. */
export type Values = Readonly<Record<string, unknown>>;

/** A form's values in the making: what is set here; all other fields are inherited. */
export interface Draft {
  readonly values: Values;
  readonly own: readonly string[];
}

/** The draft with a field set here. */
export function setField(draft: Draft, name: string, value: unknown): Draft {
  const own = draft.own.includes(name) ? draft.own : [...draft.own, name];
  return { values: { ...draft.values, [name]: value }, own };
}

/** The draft with a field inherited again. */
export function resetField(draft: Draft, name: string, inherited: Values): Draft {
  return { values: { ...draft.values, [name]: inherited[name] }, own: draft.own.filter((each) => each !== name) };
}

/** What is sent: only what is set here. */
export function ownValues({ values, own }: Draft): Record<string, unknown> {
  return Object.fromEntries(own.map((name) => [name, values[name]]));
}

/** Whether two drafts would be sent alike. */
export function isSame(one: Draft, other: Draft): boolean {
  const sent = (draft: Draft): string =>
    JSON.stringify(draft.own.toSorted((a, b) => a.localeCompare(b)).map((name) => [name, draft.values[name]]));
  return sent(one) === sent(other);
}

/** What a problem says of a field, each with where in the field it is: `[2].floor` or nothing. */
export function fieldProblems(problem: unknown, name: string): readonly { readonly at: string; readonly message: string }[] {
  if (!isApiProblem(problem)) return [];
  return problem.errors
    .filter(({ field }) => field === name || field.startsWith(`${name}[`) || field.startsWith(`${name}.`))
    .map(({ field, message }) => ({ at: field.slice(name.length), message }));
}
