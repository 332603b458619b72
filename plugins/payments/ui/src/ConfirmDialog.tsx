import { Alert, Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import { type ReactNode, useId } from 'react';

interface ConfirmDialogProps {
  readonly title: string;
  readonly detail: string;
  /** What the button says that does it. */
  readonly action: string;
  /** What the button says that does not. */
  readonly keep: string;
  readonly busy: boolean;
  readonly problem: string | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something is done that cannot be undone; the focus is on the button that does nothing. */
export function ConfirmDialog({ title, detail, action, keep, busy, problem, onConfirm, onClose }: ConfirmDialogProps): ReactNode {
  const id = useId();
  return (
    <Dialog open role="alertdialog" onClose={onClose} aria-labelledby={id} aria-describedby={`${id}detail`}>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}detail`}>{detail}</DialogContentText>
        {problem !== undefined && (
          <Alert severity="error" sx={{ mt: 2 }}>
            {problem}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button autoFocus variant="outlined" onClick={onClose}>
          {keep}
        </Button>
        <Button variant="contained" color="error" loading={busy} onClick={onConfirm}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
