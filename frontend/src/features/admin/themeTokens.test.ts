import { expect, test } from 'vitest';
import { type ThemeTokens, toVariables } from './themeTokens.ts';

const tokens = {
  $extensions: { questline: { fonts: [] } },
  font: { family: { display: { $type: 'fontFamily', $value: ['Figtree', 'Segoe UI'] } } },
  light: { color: { ink: { $type: 'color', $value: '#111111' } } },
  dark: {
    color: { ink: { $type: 'color', $value: '#eeeeee' } },
    shadow: {
      card: {
        $type: 'shadow',
        $value: [{ offsetX: '0px', offsetY: '1px', blur: '2px', spread: '0px', color: '#00000066' }],
      },
    },
  },
} as unknown as ThemeTokens;

test('a scheme gets the shared variables and its own', () => {
  expect(toVariables(tokens, 'light')).toEqual({
    '--ql-font-family-display': '"Figtree", "Segoe UI"',
    '--ql-color-ink': '#111111',
  });
  expect(toVariables(tokens, 'dark')).toMatchObject({
    '--ql-color-ink': '#eeeeee',
    '--ql-shadow-card': '0px 1px 2px 0px #00000066',
  });
});
