import { Alert, Button, Stack, TextField } from '@mui/material';
import { fieldError, useFormat, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MyPrivacy, useAskParentMutation } from './api.ts';
import { TEXTS } from './texts.ts';
import { useTell } from './useTell.ts';

/** Lets a child name the parent who has to agree first. */
export function AskParent({ mine }: { readonly mine: MyPrivacy }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const tell = useTell();
  const message = useProblemMessage();
  const [email, setEmail] = useState('');
  const [ask, { isLoading, error }] = useAskParentMutation();
  const { parent_email: parent, parent_asked_at: asked, parent_answer: answer } = mine;
  const wrong = fieldError(error, 'email');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const done = await ask({ email });
    if (done.error === undefined) {
      tell(done, t('ask_parent_sent'));
      setEmail('');
    }
  };
  return (
    <Stack component="form" onSubmit={(event) => void submit(event)} sx={{ gap: 2, mb: 3 }}>
      <Alert severity="info">{t('gate_parent')}</Alert>
      <Stack role="status" sx={{ '&:empty': { mb: -2 } }}>
        {parent !== null && asked !== null && answer !== 'refused' && (
          <Alert severity="success">{t('ask_parent_waiting', { email: parent, time: format.dateTime(asked) })}</Alert>
        )}
        {parent !== null && answer === 'refused' && <Alert severity="warning">{t('ask_parent_refused', { email: parent })}</Alert>}
      </Stack>
      {error !== undefined && wrong === undefined && <Alert severity="error">{message(error)}</Alert>}
      <TextField
        label={t('ask_parent_email')}
        type="email"
        required
        value={email}
        autoComplete="off"
        error={wrong !== undefined}
        helperText={wrong}
        onChange={({ target }) => setEmail(target.value)}
      />
      <Button type="submit" variant="outlined" loading={isLoading}>
        {t(parent === null ? 'ask_parent' : 'ask_parent_again')}
      </Button>
    </Stack>
  );
}
