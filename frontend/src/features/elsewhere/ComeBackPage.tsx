import { Alert, Button, LinearProgress, Stack } from '@mui/material';
import { isApiProblem, useSite } from '@questline/ui-sdk';
import { type ReactNode, Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { AuthLayout } from '../auth/AuthLayout.tsx';
import './texts.ts';
import { useComeBack } from './useComeBack.ts';
import { useProblemText } from './useProblemText.ts';

const SecondFactorStep = lazy(() => import('../auth/SecondFactorStep.tsx'));
const LINK_FIRST = `/log-in?next=${encodeURIComponent('/security')}`;

/** Where a provider sends the browser back to. */
export default function ComeBackPage(): ReactNode {
  const { t } = useTranslation();
  const site = useSite();
  const text = useProblemText();
  const { provider, purpose, needed, error } = useComeBack();
  const label = site?.sign_in_with.find((each) => each.provider === provider)?.label ?? provider;
  if (needed !== null) {
    return (
      <AuthLayout title={t('auth.second_factor_title')} lead={t('auth.second_factor_lead')}>
        <Suspense fallback={null}>
          <SecondFactorStep needed={needed} onBack={() => globalThis.location.assign('/log-in')} />
        </Suspense>
      </AuthLayout>
    );
  }
  if (error !== undefined) {
    const mine = purpose === 'link' || purpose === 'prove';
    const known = isApiProblem(error) && error.code === 'account_exists';
    return (
      <AuthLayout title={t('elsewhere:failed')} lead={t(mine ? 'elsewhere:not_linked' : 'elsewhere:failed_lead')}>
        <Stack sx={{ gap: 2.5 }}>
          <Alert severity="error">{text(error)}</Alert>
          <Button variant="contained" size="large" href={mine ? '/security' : known ? LINK_FIRST : '/log-in'}>
            {t(mine ? 'elsewhere:to_security' : 'elsewhere:to_log_in')}
          </Button>
        </Stack>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout title={t('elsewhere:coming_back')} lead={t('elsewhere:coming_back_lead', { label })}>
      <LinearProgress aria-label={t('elsewhere:coming_back')} />
    </AuthLayout>
  );
}
