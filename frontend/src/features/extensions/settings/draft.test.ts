import { expect, test } from 'vitest';
import { type Draft, fieldProblems, isSame, ownValues, resetField, setField } from './draft.ts';

const inherited = { colour: 'red', size: 3 };
const start: Draft = { values: inherited, own: [] };

test('a field that is changed is set here, and only such fields are sent', () => {
  const changed = setField(start, 'size', 5);
  expect(ownValues(changed)).toEqual({ size: 5 });
  expect(ownValues(setField(changed, 'size', 6))).toEqual({ size: 6 });
});

test('a field that is reset shows the inherited value and is not sent', () => {
  const reset = resetField(setField(start, 'size', 5), 'size', inherited);
  expect(reset).toEqual(start);
});

test('drafts are the same when they would be sent alike', () => {
  const both = setField(setField(start, 'size', 5), 'colour', 'blue');
  expect(isSame(both, setField(setField(start, 'colour', 'blue'), 'size', 5))).toBe(true);
  expect(isSame(both, start)).toBe(false);
  expect(isSame(setField(start, 'size', 3), start)).toBe(false);
});

test('a problem is told to the field it is about, with its place in it', () => {
  const problem = {
    status: 422,
    code: 'invalid_input',
    title: '',
    errors: [
      { field: 'levels[2].floor', message: 'too low' },
      { field: 'level', message: 'no' },
    ],
  };
  expect(fieldProblems(problem, 'levels')).toEqual([{ at: '[2].floor', message: 'too low' }]);
  expect(fieldProblems(problem, 'level')).toEqual([{ at: '', message: 'no' }]);
  expect(fieldProblems(undefined, 'level')).toEqual([]);
});
