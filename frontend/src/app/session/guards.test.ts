import { expect, test } from 'vitest';
import { nextPath } from './guards.ts';

test.each([
  ['?next=%2Fcourses%2Fx', '/courses/x'],
  ['', '/'],
  ['?next=https%3A%2F%2Fevil.example', '/'],
  ['?next=%2F%2Fevil.example', '/'],
  ['?next=%2F%5Cevil.example', '/'],
])('after log-in %s leads to %s', (search, path) => {
  expect(nextPath(new URLSearchParams(search))).toBe(path);
});
