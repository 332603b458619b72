import { expect, test } from 'vitest';
import type { Draft } from './draft.ts';
import { chosen, easingChoices, shadowChoices } from './presets.ts';

const layer = (color: string): unknown => [{ offsetX: '0px', offsetY: '1px', blur: '2px', spread: '0px', color }];
const TOKENS = [
  { path: 'light.shadow.card', type: 'shadow', value: layer('#2a1a5c0f') },
  { path: 'dark.shadow.card', type: 'shadow', value: layer('#00000066') },
  { path: 'light.shadow.overlay', type: 'shadow', value: layer('#2a1a5c52') },
  { path: 'motion.easing.standard', type: 'cubicBezier', value: [0.2, 0, 0, 1] },
  { path: 'radius.card', type: 'dimension', value: '8px' },
];
const draft = (tokens: Draft['tokens']): Draft => ({ tokens, siteName: 'Acme', strings: {}, logo: null, logoUrl: null });

test('a level has one choice for light and dark', () => {
  const choices = shadowChoices(TOKENS);
  expect(choices.map(({ key, tokens }) => [key, tokens.length])).toEqual([
    ['shadow_card', 2],
    ['shadow_overlay', 1],
  ]);
  const soft = choices[0]?.presets.find(({ key }) => key === 'soft');
  expect(soft?.values['light.shadow.card']).toEqual([{ offsetX: '0px', offsetY: '6px', blur: '20px', spread: '-8px', color: '#14101e1f' }]);
  expect(soft?.values['dark.shadow.card']).toMatchObject([{ color: '#14101e99' }]);
});

test('a draft says which choice was made, or that it is none of them', () => {
  const [card] = shadowChoices(TOKENS);
  const [easing] = easingChoices(TOKENS);
  if (card === undefined || easing === undefined) throw new Error('no choices');
  expect(chosen(card, draft({}))).toBe('theme');
  expect(chosen(card, draft(card.presets.find(({ key }) => key === 'deep')?.values ?? {}))).toBe('deep');
  expect(chosen(card, draft({ 'light.shadow.card': layer('#ff000040') }))).toBe('custom');
  expect(chosen(easing, draft({ 'motion.easing.standard': [0, 0, 1, 1] }))).toBe('even');
});
