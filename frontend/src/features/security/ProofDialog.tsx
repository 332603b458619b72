import KeyRounded from '@mui/icons-material/KeyRounded';
import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, Typography } from '@mui/material';
import { isApiProblem, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, Suspense, lazy, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Proof, type Security, useBeginPasskeyProofMutation, useProveIdentityMutation } from '../../api/index.ts';
import { CodeField } from '../auth/CodeField.tsx';
import { PasswordField } from '../auth/PasswordField.tsx';
import { askPasskey, passkeysWork } from '../auth/passkeys.ts';
import { Field } from '../../design/components/Field.tsx';

const ProveElsewhere = lazy(() => import('../elsewhere/ProveElsewhere.tsx'));

interface ProofDialogProps {
  readonly security: Security;
  readonly onDone: (proved: boolean) => void;
}

/** Asks who is there once more, before something that cannot be taken back. */
export default function ProofDialog({ security, onDone }: ProofDialogProps): ReactNode {
  const { t } = useTranslation();
  const message = useProblemMessage();
  const title = useId();
  const [prove, { isLoading, error, reset }] = useProveIdentityMutation();
  const [begin] = useBeginPasskeyProofMutation();
  const [text, setText] = useState('');
  const [recovering, setRecovering] = useState(false);
  const app = security.app_since !== null;
  const passkey = security.passkeys.length > 0 && passkeysWork();
  const factor = app || security.passkeys.length > 0;
  const kind = recovering ? 'recovery_code' : app ? 'code' : 'password';
  const finish = async (proof: Proof): Promise<void> => {
    const answer = await prove(proof);
    if (answer.error === undefined) onDone(true);
  };
  const withPasskey = async (): Promise<void> => {
    const offer = await begin();
    const answer = offer.data === undefined ? null : await askPasskey(offer.data);
    if (answer !== null) await finish({ passkey: answer });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void finish({ [kind]: text });
  };
  const change = (value: string): void => {
    setText(value);
    reset();
  };
  const inField = isApiProblem(error) && error.errors.length > 0;
  const elsewhere = !factor && !security.has_password;
  const asksText = recovering || app || (!factor && !elsewhere);
  return (
    <Dialog open onClose={() => onDone(false)} aria-labelledby={title} maxWidth="xs" fullWidth>
      <Stack component="form" onSubmit={submit}>
        <DialogTitle id={title}>{t('security:proof_title')}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2.5 }}>
            <Typography>{t('security:proof_lead')}</Typography>
            {error !== undefined && !inField && <Alert severity="error">{message(error)}</Alert>}
            {passkey && !recovering && (
              <Button variant="outlined" startIcon={<KeyRounded />} onClick={() => void withPasskey()}>
                {t('auth.use_passkey')}
              </Button>
            )}
            {kind === 'code' && (
              <CodeField value={text} error={inField ? t('auth.code_wrong') : undefined} onChange={change} autoFocus />
            )}
            {elsewhere && (
              <Suspense fallback={null}>
                <ProveElsewhere />
              </Suspense>
            )}
            {kind === 'password' && !factor && !elsewhere && (
              <PasswordField
                label={t('auth.password')}
                autoComplete="current-password"
                required
                autoFocus
                value={text}
                error={inField}
                helperText={inField ? t('security:password_wrong') : undefined}
                onChange={(event) => change(event.target.value)}
              />
            )}
            {recovering && (
              <Field
                label={t('auth.recovery_code')}
                required
                autoFocus
                autoComplete="off"
                value={text}
                error={inField}
                helperText={inField ? t('auth.code_wrong') : t('auth.recovery_code_hint')}
                onChange={(event) => change(event.target.value)}
              />
            )}
          </Stack>
        </DialogContent>
        <DialogActions sx={{ flexWrap: 'wrap' }}>
          {factor && (
            <Button
              onClick={() => {
                setRecovering(!recovering);
                change('');
              }}
            >
              {t(recovering ? 'auth.another_way' : 'auth.use_recovery_code')}
            </Button>
          )}
          <Button onClick={() => onDone(false)}>{t('security:cancel')}</Button>
          {asksText && (
            <Button type="submit" variant="contained" loading={isLoading}>
              {t('security:confirm')}
            </Button>
          )}
        </DialogActions>
      </Stack>
    </Dialog>
  );
}
