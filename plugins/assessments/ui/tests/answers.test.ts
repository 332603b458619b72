import { expect, test } from 'vitest';
import { choose, isAnswered, markOf, move, parseNumber } from '../src/answers.ts';
import { clockText } from '../src/Timer.tsx';
import type { Item } from '../src/types.ts';

const item: Item = { id: 'a', type: 'multiple', prompt_html: '', points: 1 };

test.each([
  ['71.6', 'en', 71.6],
  ['71,6', 'de', 71.6],
  ['71,6', 'en', 71.6],
  ['1,200', 'en', 1200],
  ['1.200', 'de', 1200],
  ['1.200,5', 'de', 1200.5],
  ['1,200,000.25', 'en', 1_200_000.25],
  ['0.98', 'de', 0.98],
  [' −3 ', 'en', -3],
  ['1 200', 'en', 1200],
  ['12 %', 'en', 12],
  ['.5', 'en', 0.5],
])('reads %s in %s as people mean it', (text, language, value) => {
  expect(parseNumber(text, language)).toBe(value);
});

test.each(['', 'ten', '1.2.3', '--1', '1e5', '5x'])('does not take %s for a number', (text) => {
  expect(parseNumber(text, 'en')).toBeNaN();
});

test('chooses one of several options, and leaves it out again', () => {
  expect(choose(item, undefined, 'x')).toEqual({ option_ids: ['x'] });
  expect(choose(item, { option_ids: ['x', 'y'] }, 'x')).toEqual({ option_ids: ['y'] });
  expect(choose({ ...item, type: 'single' }, { option_id: 'x' }, 'y')).toEqual({ option_id: 'y' });
});

test('knows an answer from an empty one', () => {
  expect([undefined, { option_ids: [] }, { text: ' ' }, { pairs: {} }].map((each) => isAnswered(each))).toEqual([false, false, false, false]);
  expect([{ value: 0 }, { text: 'a' }, { option_id: 'x' }].map((each) => isAnswered(each))).toEqual([true, true, true]);
});

test('marks by what an answer earned', () => {
  const feedback = { score: 0, max_score: 2, correct: false, message_html: null, option_feedback: {}, explanation_html: null, expected: null };
  expect(markOf(feedback)).toBe('wrong');
  expect(markOf({ ...feedback, score: 1 })).toBe('partly');
  expect(markOf({ ...feedback, score: 2, correct: true })).toBe('right');
});

test('moves a thing to another place', () => {
  expect(move(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
});

test('writes seconds as a clock', () => {
  expect([5, 75, 3675].map((seconds) => clockText(seconds))).toEqual(['0:05', '1:15', '1:01:15']);
});
