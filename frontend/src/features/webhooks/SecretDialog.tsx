import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeCopy } from '../../design/components/CodeCopy.tsx';
import { TEXTS } from './texts.ts';

/** Shows a secret this once. */
export function SecretDialog({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [block, setBlock] = useState<HTMLElement>();
  return (
    <Dialog open aria-labelledby={id} fullWidth maxWidth="sm" slotProps={{ transition: { onEntered: () => setBlock(box.current ?? undefined) } }}>
      <DialogTitle id={id}>{t('secret_title')}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 2 }}>
        <Alert severity="warning">{t('secret_once')}</Alert>
        <Box ref={box} sx={{ position: 'relative' }}>
          <Box component="pre" sx={{ m: 0, p: 2, pt: 7, borderRadius: 1, bgcolor: 'action.hover', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {secret}
          </Box>
          {block !== undefined && <CodeCopy block={block} />}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose} autoFocus>
          {t('close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
