import { Box, Stack } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../design/components/Section.tsx';
import { FontField } from './FontField.tsx';
import { NumberField } from './NumberField.tsx';
import { useEditor } from './editorContext.ts';
import { tokensUnder } from './groups.ts';

interface TokenPanelProps {
  /** Beginnings of paths; each is a section with a heading of its own. */
  readonly sections: readonly string[];
}

/** Tokens that both schemes share: type, shape and motion. */
export function TokenPanel({ sections }: TokenPanelProps): ReactNode {
  const { t } = useTranslation('theming');
  const { editor } = useEditor();
  return (
    <Stack sx={{ gap: 3, pt: 2 }}>
      {sections.map((start) => (
        <Section key={start} size="card" title={t(`section_${start.replaceAll('.', '_')}`)}>
          <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
            {tokensUnder(editor.tokens, `${start}.`).map((token) =>
              token.type === 'fontFamily' ? (
                <FontField key={token.path} token={token} />
              ) : (
                <NumberField key={token.path} token={token} />
              ),
            )}
          </Box>
        </Section>
      ))}
    </Stack>
  );
}
