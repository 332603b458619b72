import { type ConditionDraft, conditionErrors, eventError, toCondition, toConditionDraft } from '@questline/ui-sdk/admin';
import type { Tier } from '../api.ts';
import type { Criterion, Definition, DefinitionInput } from './api.ts';

/** The kinds of criteria. */
export const KINDS = ['event_count', 'points_total', 'streak', 'course_completed'] as const;

/** A badge while it is being written: numbers as they are typed, and what each kind of criterion needs. */
export interface Draft {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly hint: string;
  readonly icon: string;
  readonly tier: Tier;
  readonly position: string;
  readonly kind: Criterion['type'];
  readonly event: string;
  readonly condition: ConditionDraft | null;
  readonly count: string;
  readonly points: string;
  readonly days: string;
  readonly course: string;
}

/** What is wrong, by field: keys of texts. */
export type Errors = Readonly<Record<string, string>>;

function within(text: string, least: number, most: number): boolean {
  return /^\d+$/u.test(text.trim()) && Number(text) >= least && Number(text) <= most;
}

/** A short name made of a title. */
export function slugOf(title: string): string {
  const plain = title.toLowerCase().replaceAll('ß', 'ss').normalize('NFD').replaceAll(/\p{M}/gu, '');
  return plain.replaceAll(/[^a-z0-9]+/gu, '-').replaceAll(/^-|-$/gu, '').slice(0, 63);
}

/** A badge to be changed, or a new one that comes last. */
export function toDraft(definition: Definition | null, position: number): Draft {
  const criterion = definition?.criterion;
  const counted = criterion?.type === 'event_count' ? criterion : undefined;
  return {
    slug: definition?.slug ?? '',
    title: definition?.title ?? '',
    description: definition?.description ?? '',
    hint: definition?.hint ?? '',
    icon: definition?.icon ?? 'star',
    tier: definition?.tier ?? 'bronze',
    position: String(definition?.position ?? position),
    kind: criterion?.type ?? 'event_count',
    event: counted?.event ?? '',
    condition: counted?.condition ? toConditionDraft(counted.condition) : null,
    count: String(counted?.count ?? 1),
    points: String(criterion?.type === 'points_total' ? criterion.points : 100),
    days: String(criterion?.type === 'streak' ? criterion.days : 3),
    course: criterion?.type === 'course_completed' ? (criterion.course_slug ?? '') : '',
  };
}

function toCriterion(draft: Draft): Criterion {
  const { kind } = draft;
  if (kind === 'points_total') return { type: kind, points: Number(draft.points) };
  if (kind === 'streak') return { type: kind, days: Number(draft.days) };
  if (kind === 'course_completed') return { type: kind, course_slug: draft.course.trim() === '' ? null : draft.course.trim() };
  const condition = draft.condition && toCondition(draft.condition);
  return { type: kind, event: draft.event.trim(), count: Number(draft.count), condition };
}

/** The badge that a draft without errors stands for. */
export function toDefinition(draft: Draft): DefinitionInput {
  const { icon, tier } = draft;
  return {
    slug: draft.slug.trim(),
    title: draft.title.trim(),
    description: draft.description.trim(),
    criterion: toCriterion(draft),
    icon,
    tier,
    hint: draft.hint.trim(),
    position: Number(draft.position),
  };
}

function criterionErrors(draft: Draft): Errors {
  if (draft.kind === 'points_total') return within(draft.points, 1, 1_000_000_000) ? {} : { points: 'points_range' };
  if (draft.kind === 'streak') return within(draft.days, 2, 366) ? {} : { days: 'days_range' };
  if (draft.kind === 'course_completed') return {};
  const event = eventError(draft.event, 'badges');
  return {
    ...(event === undefined ? {} : { event }),
    ...(draft.condition === null ? {} : conditionErrors(draft.condition)),
    ...(within(draft.count, 1, 1_000_000) ? {} : { count: 'count_range' }),
  };
}

/** What is wrong with a draft, in the order of the fields. */
export function errorsOf(draft: Draft): Errors {
  const slug = draft.slug.trim();
  return {
    ...(draft.title.trim() === '' ? { title: 'needed' } : {}),
    ...(slug === '' ? { slug: 'needed' } : /^[a-z0-9][a-z0-9-]{0,62}$/u.test(slug) ? {} : { slug: 'slug_form' }),
    ...(draft.description.trim() === '' ? { description: 'needed' } : {}),
    ...criterionErrors(draft),
    ...(within(draft.position, 0, 10_000) ? {} : { position: 'position_range' }),
  };
}

/** The field that a refusal of the server is about, by its name in the form. */
export function fieldOf(problem: { readonly code: string; readonly errors: readonly { readonly field: string }[] }): string | undefined {
  if (problem.code === 'slug_taken') return 'slug';
  return problem.errors[0]?.field.replace(/^criterion\.(?:course_slug$)?/u, (start) => (start.endsWith('slug') ? 'course' : ''));
}
