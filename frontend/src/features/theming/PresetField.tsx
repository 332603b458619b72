import { Box, Stack, TextField } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from './editorContext.ts';
import { type Choice, chosen } from './presets.ts';
import { ResetButton } from './ResetButton.tsx';

interface PresetFieldProps {
  readonly choice: Choice;
  /** What the choice looks like. */
  readonly sample: ReactNode;
}

/** Tokens that nobody wants to type: one of a few that go well together, or what the theme says. */
export function PresetField({ choice, sample }: PresetFieldProps): ReactNode {
  const { t } = useTranslation('theming');
  const { draft, dispatch } = useEditor();
  const label = t(`token_${choice.key}`, { defaultValue: choice.key });
  const paths = choice.tokens.map(({ path }) => path);
  const current = chosen(choice, draft);
  const names = ['theme', ...choice.presets.map(({ key }) => key), ...(current === 'custom' ? ['custom'] : [])];
  const choose = (name: string): void => {
    const preset = choice.presets.find(({ key }) => key === name);
    if (preset !== undefined) dispatch({ type: 'tokens', values: preset.values });
    else if (name === 'theme') dispatch({ type: 'reset', paths });
  };
  return (
    <Box component="li" sx={{ py: 1 }}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1 }}>
        <TextField
          select
          fullWidth
          size="small"
          id={`token-${choice.key}`}
          label={label}
          value={current}
          onChange={({ target }) => choose(target.value)}
          slotProps={{ select: { native: true } }}
        >
          {names.map((name) => (
            <option key={name} value={name}>
              {t(`preset_${name}`)}
            </option>
          ))}
        </TextField>
        {sample}
        <ResetButton paths={paths} label={label} />
      </Stack>
    </Box>
  );
}
