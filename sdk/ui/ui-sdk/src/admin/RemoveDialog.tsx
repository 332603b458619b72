import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import type { TFunction } from 'i18next';
import { type ReactNode, useId } from 'react';

interface RemoveDialogProps {
  /** The plugin's texts, from `adminTexts`. */
  readonly t: TFunction;
  readonly name: string;
  readonly busy: boolean;
  /** What the server said against it, in words. */
  readonly problem: string | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something is removed. */
export function RemoveDialog({ t, name, busy, problem, onConfirm, onClose }: RemoveDialogProps): ReactNode {
  const id = useId();
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} fullWidth maxWidth="xs">
      <DialogTitle id={id}>{t('admin.remove_title', { name })}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 2 }}>
        <Typography>{t('admin.remove_text')}</Typography>
        {problem !== undefined && <Alert severity="error">{problem}</Alert>}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose} autoFocus>
          {t('admin.cancel')}
        </Button>
        <Button variant="contained" color="error" loading={busy} onClick={onConfirm}>
          {t('admin.remove')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
