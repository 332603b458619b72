import { conditionErrors, eventError, eventText, readScalar, toCondition, toConditionDraft } from '@questline/ui-sdk/admin';
import i18next, { type TFunction } from 'i18next';
import { expect, test } from 'vitest';

test.each([true, 3.5, 'north', '3', [1, 'two', false]])('the value %j survives being written and read', (value) => {
  const condition = { field: 'x', op: Array.isArray(value) ? 'in' : 'eq', value } as const;
  expect(toCondition(toConditionDraft(condition))).toEqual(condition);
  expect(readScalar(' 7 ')).toBe(7);
});

test.each([
  [{ field: 'percent', op: 'gte', value: '80' }, {}],
  [{ field: ' ', op: 'gt', value: 'much' }, { condition_field: 'needed', condition_value: 'number_needed' }],
  [{ field: 'kind', op: 'in', value: ' , ' }, { condition_value: 'needed' }],
] as const)('what is wrong with %j is found', (draft, errors) => {
  expect(conditionErrors(draft)).toEqual(errors);
});

test.each([
  ['', 'needed'],
  ['Something', 'event_form'],
  ['points.awarded.v1', 'event_own'],
  ['forum.question.answered.v1', undefined],
])('the event type %j: %s', (type, error) => {
  expect(eventError(type, 'points')).toBe(error);
});

test('an event without a name is called by its type', async () => {
  const resources = { en: { translation: { admin: { only_if: '{{event}} if {{field}} {{comparison}} {{value}}', op: { in: 'is one of' } } } } };
  const t: TFunction = await i18next.createInstance().init({ lng: 'en', resources, interpolation: { escapeValue: false } });
  expect(eventText(t, 'forum.question.answered.v1', null)).toBe('forum.question.answered.v1');
  expect(eventText(t, 'forum.question.answered.v1', { field: 'kind', op: 'in', value: ['a', '3'] })).toBe('forum.question.answered.v1 if kind is one of a, "3"');
});
