import { Box, InputAdornment, OutlinedInput, Slider, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThemeToken } from '../../api/console/index.ts';
import { color } from '../../design/theme/tokens.ts';
import { useEditor } from './editorContext.ts';
import { ResetButton } from './ResetButton.tsx';
import { valueOf } from './variables.ts';

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number';
}

/** A length, weight or time within its range: a slider, and the number to type. */
export function NumberField({ token }: { readonly token: ThemeToken }): ReactNode {
  const { t } = useTranslation('theming');
  const { draft, dispatch } = useEditor();
  const { minimum, maximum, step, unit } = token;
  if (!isNumber(minimum) || !isNumber(maximum) || !isNumber(step)) return null;
  const label = t(`token_${token.path.replaceAll('.', '_').replaceAll('-', '_')}`, { defaultValue: token.path });
  const shown = String(valueOf(token, draft)).replace(/[a-z%]+$/u, '');
  const number = Number.parseFloat(shown);
  const asToken = (value: number): unknown => (token.type === 'fontWeight' ? value : `${String(value)}${unit ?? ''}`);
  const set = (value: unknown): void => dispatch({ type: 'token', path: token.path, value, own: token.value });
  const wrong = !(number >= minimum && number <= maximum);
  const range = t('range', { from: minimum, to: maximum, unit });
  return (
    <Box component="li" sx={{ py: 0.75 }}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5 }}>
        <Typography component="span" variant="body2" sx={{ flex: '0 0 30%', lineHeight: 1.3 }}>
          {label}
        </Typography>
        <Slider
          size="small"
          aria-label={label}
          value={Number.isNaN(number) ? minimum : number}
          min={minimum}
          max={maximum}
          step={step}
          onChange={(_event, value) => set(asToken(value))}
          sx={{ flex: 1, minWidth: 40 }}
        />
        <OutlinedInput
          id={`token-${token.path}`}
          size="small"
          value={shown}
          error={wrong}
          onChange={({ target }) => {
            const typed = target.value.replace(',', '.').trim();
            const value = Number(typed);
            set(typed !== '' && String(value) === typed ? asToken(value) : typed);
          }}
          endAdornment={unit !== '' && <InputAdornment position="end">{unit}</InputAdornment>}
          inputProps={{ 'aria-label': t('number', { name: label, range }), inputMode: 'decimal', 'aria-invalid': wrong }}
          sx={{ width: 92, flexShrink: 0, pr: 1, '& input': { px: 1.25, fontSize: '0.875rem', fontVariantNumeric: 'tabular-nums' }, '& .MuiTypography-root': { fontSize: '0.8125rem', color: color('muted') } }}
        />
        <ResetButton paths={[token.path]} label={label} />
      </Stack>
      {wrong && (
        <Typography variant="caption" component="p" sx={{ color: color('danger-ink') }}>
          {range}
        </Typography>
      )}
    </Box>
  );
}
