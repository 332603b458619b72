import { beforeEach, expect, test } from 'vitest';
import type { ThemeEditor } from '../../api/console/index.ts';
import { type Draft, type History, begin, countChanges, keep, recall, reduce } from './draft.ts';

const saved: Draft = { tokens: { 'radius.card': '4px' }, siteName: 'Demo', strings: {}, logo: null, logoUrl: null };
const editor = { theme: { id: 'aurora', version: '1' }, version: 3 } as ThemeEditor;

function setCard(history: History, value: string): History {
  return reduce(history, { type: 'token', path: 'radius.card', value, own: '22px' });
}

beforeEach(() => sessionStorage.clear());

test('a token with the value of the theme is no change of its own any more', () => {
  expect(setCard(begin(saved, null), '22px').draft.tokens).toEqual({});
});

test('dragging one control is undone as one change', () => {
  const dragged = ['5px', '6px', '7px'].reduce(setCard, begin(saved, null));
  const typed = reduce(dragged, { type: 'brand', change: { siteName: 'Acme' } });
  expect(typed.past).toHaveLength(2);
  const once = reduce(typed, { type: 'undo' });
  expect(once.draft).toEqual({ ...saved, tokens: { 'radius.card': '7px' } });
  const twice = reduce(once, { type: 'undo' });
  expect(twice.draft).toEqual(saved);
  expect(reduce(reduce(twice, { type: 'redo' }), { type: 'redo' }).draft).toEqual(typed.draft);
});

test('a new change after undoing leaves nothing to redo', () => {
  const undone = reduce(setCard(begin(saved, null), '9px'), { type: 'undo' });
  expect(setCard(undone, '3px').future).toEqual([]);
});

test('a token is reset by itself, and a discarded draft can be had back', () => {
  const changed = reduce(setCard(begin(saved, null), '9px'), { type: 'tokens', values: { 'radius.small': '1px' } });
  expect(reduce(changed, { type: 'reset', paths: ['radius.card'] }).draft.tokens).toEqual({ 'radius.small': '1px' });
  const discarded = reduce(changed, { type: 'discard' });
  expect(countChanges(discarded)).toBe(0);
  expect(reduce(discarded, { type: 'undo' }).draft).toEqual(changed.draft);
});

test('changes are counted by what differs from what is saved', () => {
  const history = reduce(begin(saved, null), { type: 'reset', paths: ['radius.card'] });
  expect(countChanges(history)).toBe(1);
  expect(countChanges(reduce(history, { type: 'brand', change: { siteName: 'Acme' } }))).toBe(2);
});

test('a draft is kept in this tab until it is saved, and only over what it began from', () => {
  const history = setCard(begin(saved, null), '9px');
  keep(editor, history);
  expect(recall(editor)).toEqual(history.draft);
  expect(recall({ ...editor, version: 4 })).toBeNull();
  keep(editor, reduce(history, { type: 'discard' }));
  expect(recall(editor)).toBeNull();
});
