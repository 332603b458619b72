import { expect, test } from 'vitest';
import { toWeeks } from './weeks.ts';

test('weeks begin on Monday and the first one is filled up', () => {
  // 2026-11-18 is a Wednesday.
  const days = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'];
  const weeks = toWeeks(days.map((date) => ({ date, count: 1 })));
  expect(weeks.map((week) => week.map((day) => day?.date ?? null))).toEqual([
    [null, null, '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'],
    ['2026-11-23'],
  ]);
});

test('no days make no weeks', () => {
  expect(toWeeks([])).toEqual([]);
});
