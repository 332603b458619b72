import CheckRounded from '@mui/icons-material/CheckRounded';
import ContentCopyRounded from '@mui/icons-material/ContentCopyRounded';
import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { border, color, font, radius } from '../../design/theme/tokens.ts';
import { TEXTS } from '../roles/texts.ts';

/** Shows a key that has just been made, this once. */
export function KeyShown({ text, onClose }: { readonly text: string; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const id = useId();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Dialog open aria-labelledby={id} fullWidth maxWidth="sm">
      <DialogTitle id={id}>{t('key.made')}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 2 }}>
        <Alert severity="warning">{t('key.once')}</Alert>
        <Box
          component="code"
          tabIndex={0}
          aria-label={t('key.the_key')}
          sx={{ p: 2, fontFamily: font('mono'), overflowWrap: 'anywhere', background: color('sunken'), border: border('control'), borderRadius: radius('control') }}
        >
          {text}
        </Box>
        <Button variant="contained" autoFocus startIcon={copied ? <CheckRounded /> : <ContentCopyRounded />} onClick={() => void copy()} aria-live="polite" sx={{ justifySelf: 'start' }}>
          {t(copied ? 'key.copied' : 'key.copy')}
        </Button>
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          {t('key.kept')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
