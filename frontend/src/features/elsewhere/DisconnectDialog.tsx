import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

interface DisconnectDialogProps {
  readonly label: string;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

/** Asks before an account is disconnected. */
export default function DisconnectDialog({ label, onCancel, onConfirm }: DisconnectDialogProps): ReactNode {
  const { t } = useTranslation();
  const title = useId();
  return (
    <Dialog open onClose={onCancel} aria-labelledby={title} maxWidth="xs" fullWidth>
      <DialogTitle id={title}>{t('elsewhere:disconnect_title', { label })}</DialogTitle>
      <DialogContent>
        <DialogContentText>{t('elsewhere:disconnect_lead')}</DialogContentText>
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel}>{t('elsewhere:cancel')}</Button>
        <Button variant="contained" color="error" onClick={onConfirm}>
          {t('elsewhere:disconnect_confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
