import { Alert, Button, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { isApiProblem, useNotify, useProblemMessage, useUser } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Invite, useInviteMutation } from '../../api/console/index.ts';
import { LANGUAGES } from '../../app/i18n/index.ts';
import { Panel } from '../../design/components/Panel.tsx';
import { ROLES } from './roles.ts';

/** Invites people: their addresses, one a line, a role, and the language to write in. */
export function InviteForm(): ReactNode {
  const { t, i18n } = useTranslation();
  const notify = useNotify();
  const message = useProblemMessage();
  const user = useUser();
  const [invite, { isLoading, error, data }] = useInviteMutation();
  const [text, setText] = useState('');
  const [role, setRole] = useState<NonNullable<Invite['role']>>('learner');
  const [locale, setLocale] = useState(i18n.language);
  const roles = ROLES.filter((each) => user?.role === 'owner' || (each !== 'owner' && each !== 'admin'));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const emails = text.split(/[\s,;]+/u).filter((part) => part !== '');
    const answer = await invite({ emails, role, locale });
    if (answer.data === undefined) return;
    setText('');
    const count = answer.data.invitations.filter(({ outcome }) => outcome === 'invited').length;
    notify({ message: t('access:invited', { count }), severity: 'success' });
  };
  const wrong = isApiProblem(error) && error.errors.length > 0;
  const known = data?.invitations.filter(({ outcome }) => outcome === 'has_account') ?? [];
  const links = data?.invitations.filter(({ link }) => link !== null) ?? [];
  return (
    <Panel component="section" aria-labelledby="invite">
      <Typography id="invite" variant="h3" component="h2" sx={{ mb: 2.5 }}>
        {t('access:invite')}
      </Typography>
      <Stack component="form" onSubmit={(event) => void submit(event)} sx={{ gap: 2.5 }}>
        {error !== undefined && !wrong && <Alert severity="error">{message(error)}</Alert>}
        <TextField
          label={t('access:addresses')}
          value={text}
          required
          multiline
          minRows={3}
          maxRows={12}
          error={wrong}
          helperText={wrong ? t('access:addresses_wrong') : t('access:addresses_hint')}
          onChange={(event) => setText(event.target.value)}
        />
        <Stack direction={{ xs: 'column', sm: 'row' }} sx={{ gap: 2.5 }}>
          <TextField
            select
            fullWidth
            label={t('access:role')}
            value={role}
            onChange={(event) => setRole(event.target.value as typeof role)}
          >
            {roles.map((each) => (
              <MenuItem key={each} value={each}>
                {t(`access:role_${each}`)}
              </MenuItem>
            ))}
          </TextField>
          <TextField
            select
            fullWidth
            label={t('access:language')}
            value={locale}
            onChange={(event) => setLocale(event.target.value)}
          >
            {Object.entries(LANGUAGES).map(([code, name]) => (
              <MenuItem key={code} value={code} lang={code}>
                {name}
              </MenuItem>
            ))}
          </TextField>
        </Stack>
        <Button type="submit" variant="contained" loading={isLoading} sx={{ alignSelf: 'flex-start' }}>
          {t('access:send')}
        </Button>
      </Stack>
      {known.length > 0 && (
        <Alert severity="info" sx={{ mt: 2.5 }}>
          {t('access:have_accounts', { emails: known.map(({ email }) => email).join(', ') })}
        </Alert>
      )}
      {links.length > 0 && (
        <Alert severity="warning" sx={{ mt: 2.5 }}>
          {t('access:hand_on')}
          <Stack component="ul" sx={{ pl: 2.5, mb: 0, gap: 1 }}>
            {links.map(({ email, link }) => (
              <li key={email}>
                {email}: <code style={{ overflowWrap: 'anywhere' }}>{link}</code>
              </li>
            ))}
          </Stack>
        </Alert>
      )}
    </Panel>
  );
}
