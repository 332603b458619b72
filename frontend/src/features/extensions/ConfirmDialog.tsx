import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { TEXTS } from './texts.ts';

interface ConfirmDialogProps {
  readonly title: string;
  readonly action: string;
  /** Whether the action takes something away. */
  readonly stops: boolean;
  readonly busy: boolean;
  /** What the server said against it, if anything. */
  readonly problem: unknown;
  readonly children: ReactNode;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Says what a switch will do before it does it. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactNode {
  const { title, action, stops, busy, problem, children, onConfirm, onClose } = props;
  const { t } = useTranslation(TEXTS);
  const message = useProblemMessage();
  const id = useId();
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} fullWidth maxWidth="sm">
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 2 }}>
        {children}
        {problem !== undefined && <Alert severity="error">{message(problem)}</Alert>}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} variant="outlined" autoFocus={stops}>
          {t('cancel')}
        </Button>
        <Button onClick={onConfirm} variant="contained" color={stops ? 'error' : 'primary'} loading={busy} autoFocus={!stops}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
