import { Box, Stack, TextField } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThemeToken } from '../../api/console/index.ts';
import { useEditor } from './editorContext.ts';
import { ResetButton } from './ResetButton.tsx';
import { valueOf } from './variables.ts';

const GENERIC = /^(?:system-ui|ui-[a-z]+)$/u;

/** The font of headings, of text or of code: one that an installed theme ships, or one that devices have. */
export function FontField({ token }: { readonly token: ThemeToken }): ReactNode {
  const { t } = useTranslation('theming');
  const { editor, draft, dispatch } = useEditor();
  const label = t(`token_${token.path.replaceAll('.', '_')}`, { defaultValue: token.path });
  const stack = valueOf(token, draft) as readonly string[];
  const own = token.value as readonly string[];
  const stacks = [own, stack, ...editor.fonts.map((choice) => choice.stack)];
  const choices = [...new Map(stacks.toReversed().map((each) => [each[0] ?? '', each])).values()].toReversed();
  const nameOf = (first = ''): string => (GENERIC.test(first) ? t(`font_${first.replaceAll('-', '_')}`) : first);
  return (
    <Box component="li" sx={{ py: 1 }}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1 }}>
        <TextField
          select
          fullWidth
          size="small"
          id={`token-${token.path}`}
          label={label}
          value={stack[0]}
          onChange={({ target }) => {
            const value = choices.find(([first]) => first === target.value) ?? own;
            dispatch({ type: 'token', path: token.path, value, own });
          }}
          slotProps={{ select: { native: true } }}
        >
          {choices.map(([first]) => (
            <option key={first} value={first}>
              {first === own[0] ? t('font_of_theme', { font: nameOf(first) }) : nameOf(first)}
            </option>
          ))}
        </TextField>
        <ResetButton paths={[token.path]} label={label} />
      </Stack>
    </Box>
  );
}
