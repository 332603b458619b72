import { type ConditionDraft, conditionErrors, eventError, toCondition, toConditionDraft } from '@questline/ui-sdk/admin';
import type { Rule, RuleInput } from './api.ts';

/** The units of a pause and their seconds, the longest first. */
export const UNITS = { days: 86_400, hours: 3600, minutes: 60, seconds: 1 } as const;

/** One of the units of a pause. */
export type Unit = keyof typeof UNITS;

/** A rule while it is being written: numbers as they are typed. */
export interface Draft {
  readonly name: string;
  readonly event: string;
  readonly amount: string;
  readonly condition: ConditionDraft | null;
  readonly capPer: NonNullable<RuleInput['cap']>['per'] | 'none';
  readonly capAmount: string;
  readonly pause: string;
  readonly pauseUnit: Unit;
  readonly enabled: boolean;
}

/** What is wrong, by the server's names of the fields: keys of texts. */
export type Errors = Readonly<Record<string, string>>;

const LARGEST = 1_000_000;
const LONGEST = 31_536_000;

function wholeNumber(text: string, most: number): boolean {
  return /^\d+$/u.test(text.trim()) && Number(text) >= 1 && Number(text) <= most;
}

/** A rule to be changed, or a new one. */
export function toDraft(rule: Rule | null): Draft {
  const condition = rule?.condition ?? null;
  const seconds = rule?.cooldown_seconds ?? 0;
  const unit = (Object.keys(UNITS) as Unit[]).find((each) => seconds > 0 && seconds % UNITS[each] === 0) ?? 'hours';
  return {
    name: rule?.name ?? '',
    event: rule?.event ?? '',
    amount: String(rule?.amount ?? 10),
    condition: condition && toConditionDraft(condition),
    capPer: rule?.cap?.per ?? 'none',
    capAmount: String(rule?.cap?.amount ?? ''),
    pause: seconds > 0 ? String(seconds / UNITS[unit]) : '',
    pauseUnit: unit,
    enabled: rule?.enabled ?? true,
  };
}

/** The rule that a draft without errors stands for. */
export function toRule(draft: Draft): RuleInput {
  return {
    name: draft.name.trim(),
    event: draft.event.trim(),
    amount: Number(draft.amount),
    condition: draft.condition && toCondition(draft.condition),
    cap: draft.capPer === 'none' ? null : { per: draft.capPer, amount: Number(draft.capAmount) },
    cooldown_seconds: draft.pause.trim() === '' ? null : Number(draft.pause) * UNITS[draft.pauseUnit],
    enabled: draft.enabled,
  };
}

/** What is wrong with a draft, in the order of the fields. */
export function errorsOf(draft: Draft): Errors {
  const event = eventError(draft.event, 'points');
  return {
    ...(draft.name.trim() === '' ? { name: 'needed' } : {}),
    ...(event === undefined ? {} : { event }),
    ...(draft.condition === null ? {} : conditionErrors(draft.condition)),
    ...(wholeNumber(draft.amount, LARGEST) ? {} : { amount: 'points_range' }),
    ...(draft.capPer === 'none' || wholeNumber(draft.capAmount, LARGEST) ? {} : { cap: 'points_range' }),
    ...(draft.pause.trim() === '' || wholeNumber(draft.pause, LONGEST / UNITS[draft.pauseUnit]) ? {} : { cooldown_seconds: 'pause_range' }),
  };
}
