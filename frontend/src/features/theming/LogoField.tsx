import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { isApiProblem, useProblemMessage } from '@questline/ui-sdk';
import { type ChangeEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUploadLogoMutation } from '../../api/console/index.ts';
import { border, color, radius } from '../../design/theme/tokens.ts';
import { useEditor } from './editorContext.ts';

const MAX_BYTES = 256 * 1024;

async function toBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCodePoint(byte);
  return btoa(text);
}

/** The site's mark: the theme's, or one of its own. */
export function LogoField(): ReactNode {
  const { t } = useTranslation('theming');
  const { editor, draft, dispatch } = useEditor();
  const [upload, { isLoading }] = useUploadLogoMutation();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const message = useProblemMessage();
  const shown = draft.logoUrl ?? editor.theme.logo_url;
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = target.files?.[0];
    target.value = '';
    if (file === undefined) return;
    if (file.size > MAX_BYTES) {
      setProblem(t('logo_large'));
      return;
    }
    const answer = await upload({ content: await toBase64(file) });
    if (answer.data !== undefined) {
      setProblem(undefined);
      dispatch({ type: 'brand', change: { logo: answer.data.logo, logoUrl: answer.data.logo_url } });
    } else {
      const field = isApiProblem(answer.error) ? answer.error.errors[0]?.message : undefined;
      setProblem(field === undefined ? message(answer.error) : t('logo_refused', { reason: field }));
    }
  };
  return (
    <Box>
      <Typography variant="subtitle2" id="theme-logo" sx={{ mb: 1 }}>
        {t('logo')}
      </Typography>
      <Stack direction="row" sx={{ gap: 2, alignItems: 'center' }}>
        <Box
          sx={{
            display: 'grid',
            placeItems: 'center',
            width: 84,
            height: 84,
            flexShrink: 0,
            border: border('control', 'line'),
            borderRadius: radius('control'),
            background: color('surface'),
          }}
        >
          {shown !== null && shown !== undefined && (
            <Box component="img" src={shown} alt="" sx={{ width: 56, height: 56, objectFit: 'contain' }} />
          )}
        </Box>
        <Stack sx={{ gap: 0.5, alignItems: 'flex-start' }}>
          <Button variant="outlined" size="small" loading={isLoading} onClick={() => input.current?.click()}>
            {t('logo_choose')}
          </Button>
          <input ref={input} type="file" accept="image/svg+xml,image/png" hidden onChange={(event) => void choose(event)} />
          {draft.logo !== null && (
            <Button size="small" onClick={() => dispatch({ type: 'brand', change: { logo: null, logoUrl: null } })}>
              {t('logo_theme')}
            </Button>
          )}
          <Typography variant="caption" sx={{ color: color('muted') }}>
            {t('logo_hint')}
          </Typography>
        </Stack>
      </Stack>
      {problem !== undefined && (
        <Alert severity="error" sx={{ mt: 1.5 }}>
          {problem}
        </Alert>
      )}
    </Box>
  );
}
