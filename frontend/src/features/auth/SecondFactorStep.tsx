import KeyRounded from '@mui/icons-material/KeyRounded';
import { Alert, Button, Checkbox, FormControlLabel, Stack } from '@mui/material';
import { fieldError, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SecondFactorNeeded, useGiveSecondFactorMutation } from '../../api/index.ts';
import { Field } from '../../design/components/Field.tsx';
import { CodeField } from './CodeField.tsx';
import { askPasskey } from './passkeys.ts';
import { useEntry } from './useEntry.ts';

interface SecondFactorStepProps {
  readonly needed: SecondFactorNeeded;
  readonly onBack: () => void;
}

/** The second step of logging in: a code of the app, a passkey, or a recovery code. */
export default function SecondFactorStep({ needed, onBack }: SecondFactorStepProps): ReactNode {
  const { t } = useTranslation();
  const message = useProblemMessage();
  const enter = useEntry();
  const [give, { isLoading, error, reset }] = useGiveSecondFactorMutation();
  const [recovering, setRecovering] = useState(!needed.app && needed.passkey === null);
  const [text, setText] = useState('');
  const [remember, setRemember] = useState(false);
  const finish = async (proof: Partial<Parameters<typeof give>[0]>): Promise<void> => {
    const answer = await give({ ticket: needed.ticket, remember, ...proof });
    if (answer.data !== undefined) await enter(answer.data);
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await finish(recovering ? { recovery_code: text } : { code: text });
  };
  const withPasskey = async (): Promise<void> => {
    if (needed.passkey === null) return;
    const passkey = await askPasskey(needed.passkey);
    if (passkey !== null) await finish({ passkey });
  };
  const change = (value: string): void => {
    setText(value);
    reset();
  };
  const wrong = fieldError(error, 'code') === undefined ? undefined : t('auth.code_wrong');
  return (
    <Stack component="form" onSubmit={(event) => void submit(event)} sx={{ gap: 2.5 }}>
      {error !== undefined && wrong === undefined && <Alert severity="error">{message(error)}</Alert>}
      {needed.passkey !== null && !recovering && (
        <Button
          variant={needed.app ? 'outlined' : 'contained'}
          size="large"
          startIcon={<KeyRounded />}
          onClick={() => void withPasskey()}
        >
          {t('auth.use_passkey')}
        </Button>
      )}
      {needed.app && !recovering && <CodeField value={text} error={wrong} onChange={change} autoFocus />}
      {recovering && (
        <Field
          label={t('auth.recovery_code')}
          value={text}
          required
          autoComplete="off"
          autoFocus
          error={wrong !== undefined}
          helperText={wrong ?? t('auth.recovery_code_hint')}
          onChange={(event) => change(event.target.value)}
        />
      )}
      {needed.remember_days > 0 && (
        <FormControlLabel
          control={<Checkbox checked={remember} onChange={(event) => setRemember(event.target.checked)} />}
          label={t('auth.remember_device', { count: needed.remember_days })}
        />
      )}
      {(needed.app || recovering) && (
        <Button type="submit" variant="contained" size="large" loading={isLoading}>
          {t('auth.log_in')}
        </Button>
      )}
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1, justifyContent: 'space-between' }}>
        <Button onClick={onBack}>{t('auth.back')}</Button>
        {needed.recovery_code && (
          <Button
            onClick={() => {
              setRecovering(!recovering);
              change('');
            }}
          >
            {t(recovering ? 'auth.another_way' : 'auth.use_recovery_code')}
          </Button>
        )}
      </Stack>
    </Stack>
  );
}
