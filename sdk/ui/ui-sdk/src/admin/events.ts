import type { TFunction } from 'i18next';
import { type Condition, writeValue } from './conditions.ts';

/** An event type and the fields of its data that a condition may compare. */
export interface EventType {
  readonly type: string;
  readonly fields: readonly string[];
}

const EVENT_TYPE = /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+\.v[0-9]+$/u;

/** What an event is called in the user's language; its type where it has no name. */
export function eventName(t: TFunction, type: string): string {
  return t(`admin.events.${type.replaceAll('.', '_')}`, { defaultValue: type });
}

/** What is wrong with an event type, as the key of a text; the plugin's own events are out of reach. */
export function eventError(type: string, own: string): string | undefined {
  if (type.trim() === '') return 'needed';
  if (!EVENT_TYPE.test(type.trim())) return 'event_form';
  return type.startsWith(`${own}.`) ? 'event_own' : undefined;
}

/** An event in words, with the condition that narrows it down. */
export function eventText(t: TFunction, type: string, condition: Condition | null): string {
  const event = eventName(t, type);
  if (condition === null) return event;
  const { field, op, value } = condition;
  return t('admin.only_if', { event, field, comparison: t(`admin.op.${op}`), value: writeValue(value) });
}
