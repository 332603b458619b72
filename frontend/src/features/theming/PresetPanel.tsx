import { Box, Stack } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../design/components/Section.tsx';
import { border, color } from '../../design/theme/tokens.ts';
import { toCss } from '../admin/themeTokens.ts';
import type { Draft } from './draft.ts';
import { useEditor } from './editorContext.ts';
import { PresetField } from './PresetField.tsx';
import { type Choice, easingChoices, shadowChoices } from './presets.ts';
import { valueOf } from './variables.ts';

const SIZE = 36;

function Shade({ choice, draft }: { readonly choice: Choice; readonly draft: Draft }): ReactNode {
  const [token] = choice.tokens;
  const boxShadow = token === undefined ? 'none' : toCss({ $type: token.type, $value: valueOf(token, draft) });
  return (
    <Box
      aria-hidden
      sx={{ flexShrink: 0, width: SIZE, height: SIZE, mx: 0.5, borderRadius: '8px', border: border(), background: color('raised') }}
      style={{ boxShadow }}
    />
  );
}

function Curve({ choice, draft }: { readonly choice: Choice; readonly draft: Draft }): ReactNode {
  const [token] = choice.tokens;
  const [x1, y1, x2, y2] = (token === undefined ? [0, 0, 1, 1] : valueOf(token, draft)) as [number, number, number, number];
  const at = (x: number, y: number): string => `${String(x * SIZE)} ${String((1 - y) * SIZE)}`;
  return (
    <Box component="svg" aria-hidden viewBox={`-3 -14 ${String(SIZE + 6)} ${String(SIZE + 20)}`} sx={{ flexShrink: 0, width: SIZE + 6, height: SIZE + 12, overflow: 'visible' }}>
      <path
        d={`M ${at(0, 0)} C ${at(x1, y1)}, ${at(x2, y2)}, ${at(1, 1)}`}
        fill="none"
        stroke={color('primary-ink')}
        strokeWidth={2.5}
        strokeLinecap="round"
      />
    </Box>
  );
}

/** Depth and the feel of movement, which are chosen instead of typed. */
export function PresetPanel(): ReactNode {
  const { t } = useTranslation('theming');
  const { editor, draft } = useEditor();
  const sections = [
    { key: 'shadow', choices: shadowChoices(editor.tokens), Sample: Shade },
    { key: 'motion_easing', choices: easingChoices(editor.tokens), Sample: Curve },
  ];
  return (
    <Stack sx={{ gap: 3, pt: 3 }}>
      {sections.map(({ key, choices, Sample }) => (
        <Section key={key} size="card" title={t(`section_${key}`)}>
          <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
            {choices.map((choice) => (
              <PresetField key={choice.key} choice={choice} sample={<Sample choice={choice} draft={draft} />} />
            ))}
          </Box>
        </Section>
      ))}
    </Stack>
  );
}
