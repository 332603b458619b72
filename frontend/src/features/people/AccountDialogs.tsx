import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField, Typography } from '@mui/material';
import { fieldError, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBeginImpersonationMutation } from '../../api/index.ts';
import { openSession } from '../../app/session/session.ts';
import { ConfirmDialog } from '../extensions/ConfirmDialog.tsx';
import { useWithProof } from '../security/ProofProvider.tsx';
import {
  type PersonDetails,
  useChangeUserEmailMutation,
  useEndUserSessionsMutation,
  useReactivateUserMutation,
  useSendPasswordResetMutation,
  useSuspendUserMutation,
} from './api.ts';
import { TEXTS } from './texts.ts';

/** What may be done with an account, each behind a question. */
export type AccountAction = 'suspend' | 'reactivate' | 'sessions' | 'reset' | 'email' | 'act';

interface DialogProps {
  readonly person: PersonDetails;
  readonly onClose: () => void;
}

function SwitchDialog({ person, onClose, action }: DialogProps & { readonly action: 'suspend' | 'reactivate' | 'sessions' }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const [suspend, suspending] = useSuspendUserMutation();
  const [reactivate, reactivating] = useReactivateUserMutation();
  const [end, ending] = useEndUserSessionsMutation();
  const { id, display_name: name } = person.profile;
  const { run, state, key, done } = {
    suspend: { run: () => suspend(id), state: suspending, key: 'suspend', done: 'suspended' },
    reactivate: { run: () => reactivate(id), state: reactivating, key: 'reactivate', done: 'reactivated' },
    sessions: { run: () => end(id), state: ending, key: 'sessions_end', done: 'sessions_ended' },
  }[action];
  const confirm = async (): Promise<void> => {
    const answer = await run();
    if (answer.error !== undefined) return;
    notify({ message: t(done, { name }), severity: 'success' });
    onClose();
  };
  return (
    <ConfirmDialog
      title={t(`${key}_title`, { name })}
      action={t(key)}
      stops={action !== 'reactivate'}
      busy={state.isLoading}
      problem={state.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Typography>{t(`${key}_text`)}</Typography>
    </ConfirmDialog>
  );
}

function ResetDialog({ person, onClose }: DialogProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const withProof = useWithProof();
  const [send, { isLoading, error }] = useSendPasswordResetMutation();
  const [link, setLink] = useState<string | null>(null);
  const { id, display_name: name, email } = person.profile;
  const confirm = async (): Promise<void> => {
    const answer = await withProof(() => send(id));
    if (answer.data === undefined) return;
    if (answer.data.link !== null) {
      setLink(answer.data.link);
      return;
    }
    notify({ message: t('reset_sent', { email }), severity: 'success' });
    onClose();
  };
  if (link !== null) {
    return (
      <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-label={t('send_reset')}>
        <DialogContent sx={{ display: 'grid', gap: 2 }}>
          <Typography>{t('reset_link')}</Typography>
          <TextField label={t('send_reset')} value={link} multiline slotProps={{ htmlInput: { readOnly: true } }} />
        </DialogContent>
        <DialogActions>
          <Button variant="contained" onClick={onClose}>
            {t('close')}
          </Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      title={t('reset_title', { name })}
      action={t('reset_action')}
      stops={false}
      busy={isLoading}
      problem={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Typography>{t('reset_text', { email })}</Typography>
    </ConfirmDialog>
  );
}

interface AskDialogProps {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly cancel: string;
  readonly disabled: boolean;
  readonly children: ReactNode;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

function AskDialog(props: AskDialogProps): ReactNode {
  const { title, text, action, busy, error, cancel, disabled, children, onConfirm, onClose } = props;
  const message = useProblemMessage();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="ask-title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
        }}
      >
        <DialogTitle id="ask-title">{title}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2 }}>
          <Typography>{text}</Typography>
          {children}
          {error !== undefined && <Alert severity="error">{message(error)}</Alert>}
        </DialogContent>
        <DialogActions>
          <Button variant="outlined" onClick={onClose}>
            {cancel}
          </Button>
          <Button type="submit" variant="contained" loading={busy} disabled={disabled}>
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function EmailDialog({ person, onClose }: DialogProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const withProof = useWithProof();
  const [change, { isLoading, error }] = useChangeUserEmailMutation();
  const [email, setEmail] = useState('');
  const { id, display_name: name } = person.profile;
  const wrong = fieldError(error, 'email');
  const confirm = async (): Promise<void> => {
    const answer = await withProof(() => change({ userId: id, changeEmail: { email: email.trim() } }));
    if (answer.data === undefined) return;
    notify({ message: t('email_changed'), severity: 'success' });
    onClose();
  };
  return (
    <AskDialog
      title={t('change_email')}
      text={t('change_email_text', { name })}
      action={t('change_email_action')}
      cancel={t('close')}
      busy={isLoading}
      disabled={email.trim() === ''}
      error={wrong === undefined ? error : undefined}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <TextField
        type="email"
        label={t('email')}
        autoComplete="off"
        autoFocus
        value={email}
        error={wrong !== undefined}
        helperText={wrong}
        onChange={({ target }) => setEmail(target.value)}
      />
    </AskDialog>
  );
}

function ActDialog({ person, onClose }: DialogProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const withProof = useWithProof();
  const [begin, { isLoading, error }] = useBeginImpersonationMutation();
  const [reason, setReason] = useState('');
  const { id, display_name: name } = person.profile;
  const confirm = async (): Promise<void> => {
    const answer = await withProof(() => begin({ user_id: id, reason: reason.trim() }));
    if (answer.data === undefined) return;
    await openSession(answer.data);
    globalThis.location.assign('/');
  };
  return (
    <AskDialog
      title={t('act_title', { name })}
      text={t('act_text')}
      action={t('act_action', { name })}
      cancel={t('close')}
      busy={isLoading}
      disabled={reason.trim().length < 3}
      error={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <TextField
        label={t('act_reason')}
        autoFocus
        value={reason}
        helperText={t('act_reason_hint', { name })}
        slotProps={{ htmlInput: { maxLength: 200 } }}
        onChange={({ target }) => setReason(target.value)}
      />
    </AskDialog>
  );
}

/** The question that goes with an action. */
export function AccountDialog({ action, ...props }: DialogProps & { readonly action: AccountAction }): ReactNode {
  if (action === 'reset') return <ResetDialog {...props} />;
  if (action === 'email') return <EmailDialog {...props} />;
  if (action === 'act') return <ActDialog {...props} />;
  return <SwitchDialog action={action} {...props} />;
}
