// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Token {
  readonly $type: string;
  readonly $value: unknown;
}
type Group = { readonly [name: string]: Group | Token };

const tokens = JSON.parse(
  readFileSync(new URL('../../../../themes/aurora/src/questline_theme_aurora/tokens.json', import.meta.url), 'utf8'),
) as { readonly light: Group; readonly dark: Group };
const css = readFileSync(new URL('fallback.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split("[data-color-scheme='dark']");

function colours(group: Group): string[] {
  return Object.entries(group.color as Record<string, Token>).map(
    ([name, token]) => `--ql-color-${name}: ${String(token.$value)};`,
  );
}

test('the fallback holds the default theme in both schemes', () => {
  for (const line of colours(tokens.light)) expect(light).toContain(line);
  for (const line of colours(tokens.dark)) expect(dark).toContain(line);
});
