import { expect, test } from 'vitest';
import { createFormatters, regionalLocale } from '../src/format.ts';
import { localize } from '../src/localized.ts';

const now = new Date('2026-03-01T12:00:00Z');

test('numbers and percentages follow the language', () => {
  expect(createFormatters('en', 'UTC').number(12_345.5)).toBe('12,345.5');
  expect(createFormatters('de', 'UTC').number(12_345.5)).toBe('12.345,5');
  expect(createFormatters('en', 'UTC').percent(42.4)).toBe('42%');
});

test('times are given in the time zone of the user', () => {
  expect(createFormatters('en-GB', 'Asia/Tokyo').time('2026-03-01T20:30:00Z')).toBe('05:30');
  expect(createFormatters('en-GB', 'Asia/Tokyo').date('2026-03-01T20:30:00Z')).toBe('2 Mar 2026');
});

test.each([
  ['2026-03-01T11:59:40Z', 'this minute'],
  ['2026-03-01T09:00:00Z', '3 hours ago'],
  ['2026-02-28T12:00:00Z', 'yesterday'],
  ['2026-03-08T12:00:00Z', 'next week'],
  ['2024-03-01T12:00:00Z', '2 years ago'],
])('%s is %s', (time, text) => {
  expect(createFormatters('en', 'UTC').relative(time, now)).toBe(text);
});

test.each([
  [5, '5 min'],
  [60, '1 hr'],
  [80, '1 hr 20 min'],
])('%d minutes are %s', (minutes, text) => {
  expect(createFormatters('en', 'UTC').minutes(minutes)).toBe(text);
});

test('a text falls back from the exact language to the plain one to English', () => {
  const text = { en: 'Points', de: 'Punkte', 'de-AT': 'Pünkterl' };
  expect(localize(text, 'de-AT')).toBe('Pünkterl');
  expect(localize(text, 'de-CH')).toBe('Punkte');
  expect(localize(text, 'fr')).toBe('Points');
});

test.each([
  ['en', ['en-GB', 'en-US'], 'en-GB'],
  ['en', ['en', 'de-DE', 'en-AU'], 'en-AU'],
  ['de', ['en-GB'], 'de'],
  ['en', [undefined], 'en'],
])('%s for one who asks for %s is %s', (language, wanted, locale) => {
  expect(regionalLocale(language, wanted)).toBe(locale);
});
