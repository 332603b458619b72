import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { TEXTS } from './texts.ts';

interface FormDialogProps {
  readonly title: string;
  readonly text?: string;
  readonly action: string;
  readonly busy: boolean;
  readonly ready?: boolean;
  readonly problem: unknown;
  readonly wide?: boolean;
  readonly children?: ReactNode;
  readonly onSubmit: () => Promise<void>;
  readonly onClose: () => void;
}

/** A form in a dialog, which says what the server has against it. */
export function FormDialog(props: FormDialogProps): ReactNode {
  const { title, text, action, busy, ready = true, problem, wide = false, children, onSubmit, onClose } = props;
  const { t } = useTranslation(TEXTS);
  const message = useProblemMessage();
  const id = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void onSubmit();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} fullWidth maxWidth={wide ? 'md' : 'sm'}>
      <form onSubmit={submit}>
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2.5 }}>
          {text !== undefined && <Typography>{text}</Typography>}
          {children}
          {problem !== undefined && <Alert severity="error">{message(problem)}</Alert>}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="contained" loading={busy} disabled={!ready}>
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
