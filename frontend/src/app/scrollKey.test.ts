import { expect, test } from 'vitest';
import { scrollKey } from './scrollKey.ts';

test.each([
  [{ key: 'default', pathname: '/catalogue' }, '/catalogue'],
  [{ key: 'x7f3', pathname: '/catalogue' }, 'x7f3'],
])('%j keeps its scroll position under %s', (location, key) => {
  expect(scrollKey(location)).toBe(key);
});
