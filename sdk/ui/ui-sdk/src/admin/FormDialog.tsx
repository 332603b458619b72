import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, type Theme, useMediaQuery } from '@mui/material';
import { type FormEvent, type ReactNode, useId, useRef } from 'react';
import { useWords } from './words.ts';

interface FormDialogProps {
  readonly title: string;
  readonly busy: boolean;
  /** What went wrong as a whole, in words. */
  readonly problem: string | undefined;
  readonly children: ReactNode;
  /** Saves; answers with the name of the first field that is wrong, if any is. */
  readonly onSave: () => Promise<string | undefined>;
  readonly onClose: () => void;
}

/** A form in a dialog, which fills a phone; the focus goes to the first field that is wrong. */
export function FormDialog({ title, busy, problem, children, onSave, onClose }: FormDialogProps): ReactNode {
  const words = useWords();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const phone = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    event.stopPropagation(); // a form that the dialog was opened from is not sent with it
    const wrong = await onSave();
    if (wrong === undefined) return;
    const field = form.current?.elements.namedItem(wrong);
    const shown = field instanceof HTMLElement && field.matches('.MuiSelect-nativeInput') ? field.parentElement?.querySelector('[role=combobox]') : field;
    if (shown instanceof HTMLElement) shown.focus();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} fullWidth maxWidth="sm" fullScreen={phone}>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent>
        <form ref={form} id={`${id}form`} noValidate onSubmit={(event) => void submit(event)} style={{ display: 'grid', gap: 20, paddingTop: 8 }}>
          {problem !== undefined && <Alert severity="error">{problem}</Alert>}
          {children}
        </form>
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button type="submit" form={`${id}form`} variant="contained" loading={busy}>
          {words.save}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
