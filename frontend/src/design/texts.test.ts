import { expect, test } from 'vitest';

type Texts = Readonly<Record<string, string>>;

const files = import.meta.glob<Texts>(['../app/*.json', './*.json', '../features/*/*.json', '../features/*/texts/*.json'], {
  eager: true,
  import: 'default',
});
const english = Object.keys(files).filter((path) => path.endsWith('/en.json'));

test.each(english)('%s is complete in German', (path) => {
  const german = files[path.replace('/en.json', '/de.json')] ?? {};
  expect(Object.keys(german).toSorted()).toEqual(Object.keys(files[path] ?? {}).toSorted());
});
