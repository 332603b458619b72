import { Alert, Button, Stack, Typography } from '@mui/material';
import { fieldError, isApiProblem, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangePasswordMutation } from '../../api/index.ts';
import { Panel } from '../../design/components/Panel.tsx';
import { PasswordField } from '../auth/PasswordField.tsx';
import { SHORTEST_PASSWORD, passwordHelp } from '../auth/passwords.ts';

const EMPTY = { current_password: '', new_password: '' };

/** Changes the password. */
export function PasswordSettings(): ReactNode {
  const { t } = useTranslation();
  const notify = useNotify();
  const message = useProblemMessage();
  const [changePassword, { isLoading, error }] = useChangePasswordMutation();
  const [fields, setFields] = useState(EMPTY);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const answer = await changePassword(fields);
    if (answer.error !== undefined) return;
    setFields(EMPTY);
    notify({ message: t('settings.password_changed'), severity: 'success' });
  };
  const field = (name: keyof typeof EMPTY) => ({
    name,
    required: true,
    value: fields[name],
    error: fieldError(error, name) !== undefined,
    helperText: fieldError(error, name),
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setFields({ ...fields, [name]: event.target.value }),
  });
  const rule = t('auth.password_hint', { count: SHORTEST_PASSWORD });
  return (
    <Panel component="section" aria-labelledby="password">
      <Typography id="password" variant="h3" component="h2" sx={{ mb: 2.5 }}>
        {t('settings.password')}
      </Typography>
      <Stack component="form" onSubmit={(event) => void submit(event)} sx={{ gap: 2.5, maxWidth: 440 }}>
        {isApiProblem(error) && error.errors.length === 0 && <Alert severity="error">{message(error)}</Alert>}
        <PasswordField
          {...field('current_password')}
          label={t('settings.password_current')}
          autoComplete="current-password"
        />
        <PasswordField
          {...field('new_password')}
          helperText={passwordHelp(fields.new_password, fieldError(error, 'new_password'), rule)}
          label={t('settings.password_new')}
          autoComplete="new-password"
        />
        <Button type="submit" variant="contained" loading={isLoading} sx={{ alignSelf: 'flex-start' }}>
          {t('settings.password_change')}
        </Button>
      </Stack>
    </Panel>
  );
}
