import CheckCircleRounded from '@mui/icons-material/CheckCircleRounded';
import ErrorRounded from '@mui/icons-material/ErrorRounded';
import { Box, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HealthCheck } from '../../api/console/index.ts';
import { color, weight } from '../../design/theme/tokens.ts';
import { TEXTS } from './texts.ts';

/** What of a plugin is well and what is not. */
export function HealthList({ checks }: { readonly checks: readonly HealthCheck[] }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const detail = ({ subject, ok, detail: found }: HealthCheck): string => {
    if (ok) return t(`health_${subject}_ok`, { detail: found });
    return subject === 'jobs' ? t('health_jobs_failed', { count: Number(found) }) : (found ?? '');
  };
  return (
    <Stack component="ul" sx={{ m: 0, p: 0, listStyle: 'none', gap: 1.5 }}>
      {checks.map((check) => (
        <Stack key={check.subject} component="li" direction="row" sx={{ gap: 1.5, alignItems: 'flex-start' }}>
          {check.ok ? (
            <CheckCircleRounded aria-hidden sx={{ color: color('success') }} />
          ) : (
            <ErrorRounded aria-hidden sx={{ color: color('danger') }} />
          )}
          <Box sx={{ minWidth: 0 }}>
            <Typography sx={{ fontWeight: weight('strong') }}>{t(`health_${check.subject}`)}</Typography>
            <Typography
              variant="body2"
              sx={{ color: check.ok ? color('muted') : color('danger-ink'), overflowWrap: 'anywhere' }}
            >
              {detail(check)}
            </Typography>
          </Box>
        </Stack>
      ))}
    </Stack>
  );
}
