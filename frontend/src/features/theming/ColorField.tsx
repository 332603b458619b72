import { Box, Button, OutlinedInput, Stack, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThemeToken } from '../../api/console/index.ts';
import { color, font } from '../../design/theme/tokens.ts';
import { ContrastBadge } from './ContrastBadge.tsx';
import { type Colors, isPoor, judge, nearestGood, shownRatio } from './contrast.ts';
import { useEditor } from './editorContext.ts';
import { ResetButton } from './ResetButton.tsx';
import { Swatch } from './Swatch.tsx';
import { useColorLabel } from './useColorLabel.ts';
import { isComplete, valueOf } from './variables.ts';

const SHOWN = 2;

interface ColorFieldProps {
  readonly name: string;
  readonly token: ThemeToken;
  readonly colors: Colors;
  readonly changed: ReadonlySet<string>;
  /** Whether the heading above says which family it is of. */
  readonly short: boolean;
}

/** One colour: picker, hexadecimal text, the contrast of its closest pair, and a way out where that is too low. */
export function ColorField({ name, token, colors, changed, short }: ColorFieldProps): ReactNode {
  const { t } = useTranslation('theming');
  const { editor, draft, dispatch } = useEditor();
  const label = useColorLabel();
  const help = useId();
  const value = String(valueOf(token, draft));
  const complete = isComplete('color', value) && value.length === String(token.value).length;
  const set = (next: string): void => dispatch({ type: 'token', path: token.path, value: next, own: token.value });
  const judged = complete ? judge(name, colors, editor.pairs) : [];
  const poor = judged.filter(
    (each) => isPoor(each) && (changed.has(name) || (each.pair.color === name && changed.has(each.pair.ground))),
  );
  const better = poor.length === 0 ? null : nearestGood(name, value, colors, editor.pairs);
  const described = !complete || poor.length > 0;
  return (
    <Box component="li" sx={{ py: 0.75 }}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1.25 }}>
        <Swatch label={t('pick', { name: label(name) })} value={value} onChange={set} />
        <Typography component="span" variant="body2" sx={{ flex: 1, minWidth: 0, lineHeight: 1.3 }}>
          {label(name, short ? 'inGroup' : 'alone')}
        </Typography>
        {judged[0] !== undefined && <ContrastBadge judged={judged[0]} />}
        <OutlinedInput
          id={`token-${token.path}`}
          size="small"
          value={value}
          error={described}
          onChange={(event) => set(event.target.value.trim())}
          inputProps={{
            'aria-label': t('hex', { name: label(name) }),
            'aria-invalid': described,
            ...(described && { 'aria-describedby': help }),
            maxLength: 9,
            spellCheck: false,
            autoCapitalize: 'off',
          }}
          sx={{ width: value.length > 7 ? 124 : 106, flexShrink: 0, '& input': { px: 1.25, fontFamily: font('mono'), fontSize: '0.875rem' } }}
        />
        <ResetButton paths={[token.path]} label={label(name)} />
      </Stack>
      {described && (
        <Box id={help} sx={{ pl: '56px', pt: 0.5 }}>
          {!complete && (
            <Typography variant="caption" component="p" sx={{ color: color('danger-ink') }}>
              {t(String(token.value).length > 7 ? 'hex_alpha_hint' : 'hex_hint')}
            </Typography>
          )}
          {poor.slice(0, SHOWN).map(({ pair, ratio }) => (
            <Typography key={`${pair.color} ${pair.ground}`} variant="caption" component="p" sx={{ color: color('danger-ink') }}>
              {t('contrast_with', {
                other: label(pair.color === name ? pair.ground : pair.color),
                ratio: shownRatio(ratio),
                least: pair.least,
              })}
            </Typography>
          ))}
          {poor.length > SHOWN && (
            <Typography variant="caption" component="p" sx={{ color: color('danger-ink') }}>
              {t('contrast_more', { count: poor.length - SHOWN })}
            </Typography>
          )}
          {better !== null && (
            <Button
              size="small"
              onClick={() => set(better)}
              startIcon={<Box aria-hidden sx={{ width: 16, height: 16, borderRadius: '50%' }} style={{ background: better }} />}
              sx={{ ml: -1.75 }}
            >
              {t('use_better', { value: better })}
            </Button>
          )}
        </Box>
      )}
    </Box>
  );
}
