import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useId } from 'react';
import { useTexts } from '../pages/texts.ts';
import { type KeptPrompt, useAiLabUnshareMutation } from './api.ts';

/** Asks before somebody else's prompt is taken out of the shared ones. */
export function UnshareDialog({ prompt, onClose }: { readonly prompt: KeptPrompt; readonly onClose: () => void }): ReactNode {
  const t = useTexts();
  const id = useId();
  const notify = useNotify();
  const message = useProblemMessage();
  const [unshare, { error, isLoading }] = useAiLabUnshareMutation();
  const confirm = async (): Promise<void> => {
    if ((await unshare(prompt.id)).error !== undefined) return;
    notify({ message: t('admin.library.unshared'), severity: 'success' });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} fullWidth maxWidth="xs">
      <DialogTitle id={id}>{t('admin.library.unshare_title', { title: prompt.title })}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 2 }}>
        <Typography>{t('admin.library.unshare_detail')}</Typography>
        {error !== undefined && <Alert severity="error">{message(error)}</Alert>}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" autoFocus onClick={onClose}>
          {t('admin.cancel')}
        </Button>
        <Button variant="contained" color="error" loading={isLoading} onClick={() => void confirm()}>
          {t('admin.library.unshare')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
