import { expect, test } from 'vitest';
import { checkContributions } from '../src/contributions.js';
import { questlinePlugin } from '../src/index.js';

test('valid contributions pass', () => {
  expect(() =>
    checkContributions({
      routes: [{ path: '', view: 'Page' }],
      navigation: [{ to: '', label: { en: 'Page' }, icon: 'M0 0h24v24z', place: 'admin' }],
      slots: [{ slot: 'app.header', view: 'Pill' }],
      blocks: [{ type: 'demo.note', view: 'Note' }],
    }),
  ).not.toThrow();
});

test('every problem is named at once', () => {
  const wrong = {
    routes: [
      { path: '/start', view: 'Page' },
      { path: '/start', view: 'Page' },
    ],
    navigation: [{ to: 'nowhere', label: { en: 'x' }, icon: 'star' }],
    slots: [{ slot: 'dashboard.top' as 'dashboard.main', view: 'Card' }],
    blocks: [
      { type: 'a.b', view: 'X' },
      { type: 'a.b', view: 'Y' },
    ],
  };
  expect(() => checkContributions(wrong)).toThrow(
    /leading slash[^]*SVG path[^]*no route with this path[^]*dashboard.top[^]*"\/start" is there twice[^]*"a.b" is there twice/u,
  );
});

test('an id that cannot be an address is refused', () => {
  expect(() => questlinePlugin({ id: 'My Plugin', contributions: {} })).toThrow(/not a plugin id/u);
});
