import {
  Alert,
  Button,
  Checkbox,
  FormControl,
  FormControlLabel,
  FormGroup,
  FormLabel,
  Radio,
  RadioGroup,
  Stack,
  Switch,
  Typography,
} from '@mui/material';
import { isApiProblem, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SignInPolicy, type SignInSettings, useSetSignInSettingsMutation } from '../../api/console/index.ts';
import { Field } from '../../design/components/Field.tsx';
import { Panel } from '../../design/components/Panel.tsx';
import { color } from '../../design/theme/tokens.ts';
import { useWithProof } from '../security/ProofProvider.tsx';
import { ROLES } from './roles.ts';

const MODES = ['open', 'domains', 'invitation', 'closed'] as const;

interface DaysFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number | null;
  readonly least?: number;
  readonly onChange: (value: number | null) => void;
}

function DaysField({ label, hint, value, least = 1, onChange }: DaysFieldProps): ReactNode {
  return (
    <Field
      label={label}
      type="number"
      helperText={hint}
      value={value ?? ''}
      inputProps={{ min: least, max: 365, step: 1 }}
      onChange={({ target }) => onChange(target.value === '' ? null : Number(target.value))}
    />
  );
}

interface SignInFormProps {
  readonly settings: SignInSettings;
}

/** The sign-in settings: who may open an account, how long sessions last, who needs a second factor. */
export function SignInForm({ settings }: SignInFormProps): ReactNode {
  const { t } = useTranslation();
  const notify = useNotify();
  const message = useProblemMessage();
  const withProof = useWithProof();
  const [save, { isLoading, error }] = useSetSignInSettingsMutation();
  const [mode, setMode] = useState(settings.sign_up);
  const [policy, setPolicy] = useState<SignInPolicy>(settings.policy);
  const [domains, setDomains] = useState((settings.policy.domains ?? []).join(' '));
  const roles = policy.second_factor_roles ?? [];
  const set = (changes: Partial<SignInPolicy>): void => setPolicy({ ...policy, ...changes });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const list = domains.toLowerCase().split(/[\s,;@]+/u).filter((part) => part !== '');
    const answer = await withProof(() => save({ sign_up: mode, policy: { ...policy, domains: list } }));
    if (answer.data !== undefined) notify({ message: t('access:saved'), severity: 'success' });
  };
  const domainProblem = isApiProblem(error) && error.errors.some(({ field }) => field.includes('domains'));
  const problem = isApiProblem(error) && error.code !== 'step_up_needed' && !domainProblem ? message(error) : undefined;
  return (
    <Stack component="form" onSubmit={(event) => void submit(event)} sx={{ gap: 3 }}>
      {!settings.sends_mail && <Alert severity="warning">{t('access:no_mail')}</Alert>}
      <Panel component="section">
        <FormControl>
          <FormLabel id="mode">
            <Typography variant="h3" component="h2" sx={{ mb: 1, color: color('ink') }}>
              {t('access:mode')}
            </Typography>
          </FormLabel>
          <RadioGroup
            aria-labelledby="mode"
            value={mode}
            onChange={(event) => setMode(event.target.value as typeof mode)}
          >
            {MODES.map((each) => (
              <FormControlLabel key={each} value={each} control={<Radio />} label={t(`access:mode_${each}`)} />
            ))}
          </RadioGroup>
        </FormControl>
        {mode === 'domains' && (
          <Stack sx={{ mt: 2 }}>
            <Field
              label={t('access:domains')}
              value={domains}
              required
              error={domainProblem}
              helperText={t('access:domains_hint')}
              onChange={(event) => setDomains(event.target.value)}
            />
          </Stack>
        )}
        <FormControlLabel
          sx={{ mt: 2, ml: 0, gap: 1.5 }}
          control={
            <Switch
              checked={policy.verify_email ?? true}
              disabled={!settings.sends_mail}
              onChange={(event) => set({ verify_email: event.target.checked })}
            />
          }
          label={t('access:verify')}
        />
        <FormControlLabel
          sx={{ mt: 2, ml: 0, gap: 1.5 }}
          control={
            <Switch
              checked={policy.impersonation ?? true}
              onChange={(event) => set({ impersonation: event.target.checked })}
            />
          }
          label={t('access:impersonation')}
        />
      </Panel>
      <Panel component="section">
        <FormControl component="fieldset" sx={{ mb: 2 }}>
          <FormLabel component="legend">
            <Typography variant="h3" component="h2" sx={{ mb: 1, color: color('ink') }}>
              {t('access:second_factor')}
            </Typography>
          </FormLabel>
          <FormGroup row>
            {ROLES.map((role) => (
              <FormControlLabel
                key={role}
                control={
                  <Checkbox
                    checked={roles.includes(role)}
                    onChange={(_, checked) =>
                      set({ second_factor_roles: checked ? [...roles, role] : roles.filter((each) => each !== role) })
                    }
                  />
                }
                label={t(`access:role_${role}`)}
              />
            ))}
          </FormGroup>
        </FormControl>
        <DaysField
          label={t('access:remember')}
          hint={t('access:remember_hint')}
          least={0}
          value={policy.remember_device_days ?? 30}
          onChange={(days) => set({ remember_device_days: days ?? 0 })}
        />
      </Panel>
      <Panel component="section">
        <Typography variant="h3" component="h2" sx={{ mb: 2.5 }}>
          {t('access:sessions')}
        </Typography>
        <Stack direction={{ xs: 'column', sm: 'row' }} sx={{ gap: 2.5 }}>
          <DaysField
            label={t('access:idle')}
            hint={t('access:default_days', { count: settings.idle_days })}
            value={policy.idle_days ?? null}
            onChange={(days) => set({ idle_days: days })}
          />
          <DaysField
            label={t('access:longest')}
            hint={t('access:default_days', { count: settings.longest_days })}
            value={policy.longest_days ?? null}
            onChange={(days) => set({ longest_days: days })}
          />
        </Stack>
      </Panel>
      {problem !== undefined && <Alert severity="error">{problem}</Alert>}
      <Button type="submit" variant="contained" size="large" loading={isLoading} sx={{ alignSelf: 'flex-start' }}>
        {t('access:save')}
      </Button>
    </Stack>
  );
}
