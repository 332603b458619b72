import { expect, test } from 'vitest';
import { satisfies } from './range.ts';

test.each([
  ['0.1.0', '>=0.1,<0.2', true],
  ['0.1.9', '>=0.1,<0.2', true],
  ['0.2.0', '>=0.1,<0.2', false],
  ['0.0.9', '>=0.1,<0.2', false],
  ['1.10.0', '>=1.9', true],
  ['1.2.3', '==1.2.3', true],
  ['1.2.3', '>1.2.3', false],
  ['1.2.3', '<=1.2.3, !=1.2.2', true],
])('%s in %s is %s', (version, range, expected) => {
  expect(satisfies(version, range)).toBe(expected);
});

test.each(['', '1', '^1.0', '>=one', '>=1,'])('a range that cannot be read contains nothing: "%s"', (range) => {
  expect(satisfies('1.0.0', range)).toBe(false);
});

test('a version that cannot be read is in no range', () => {
  expect(satisfies('1.0.0-beta', '>=0')).toBe(false);
});
