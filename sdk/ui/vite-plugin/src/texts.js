import { readFile } from 'node:fs/promises';

const LOCALE = /\/locales\/(?<language>[a-z]{2,3}(?:-[A-Za-z]{2,4})?)\.json$/u;
const VALUE = /\{\{\s*-?\s*(?<name>[\w.]+)/gu;

/**
 * Every text of a language with the names of the values in it, by its key with dots.
 *
 * @param {unknown} node
 * @param {string} [prefix]
 * @returns {(readonly [string, string[]])[]}
 */
function flatten(node, prefix = '') {
  if (typeof node === 'string') {
    const names = [...node.matchAll(VALUE)].map((match) => match.groups?.name ?? '');
    return [[prefix, [...new Set(names)].toSorted()]];
  }
  if (typeof node !== 'object' || node === null) return [[prefix, []]];
  return Object.entries(node).flatMap(([key, value]) => flatten(value, prefix === '' ? key : `${prefix}.${key}`));
}

/**
 * The texts of the `locales/<language>.json` files among a build's modules: per language, the keys in order and, for
 * each, the values it takes. What they say stays in the code.
 *
 * @param {Iterable<string>} modules
 */
export async function collectTexts(modules) {
  /** @type {Record<string, Record<string, string[]>>} */
  const texts = {};
  for (const file of [...modules].toSorted()) {
    const language = LOCALE.exec(file.replaceAll('\\', '/'))?.groups?.language;
    if (language === undefined || file.includes('/node_modules/')) continue;
    texts[language] = { ...texts[language], ...Object.fromEntries(flatten(JSON.parse(await readFile(file, 'utf8')))) };
  }
  return texts;
}
