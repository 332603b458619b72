import { Box, LinearProgress, Stack, Typography } from '@mui/material';
import { ErrorState, LoadingState, Page, PageHeader, useCan } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../design/components/Panel.tsx';
import { color } from '../../design/theme/tokens.ts';
import { Prover } from '../roles/Prover.tsx';
import { type Usage, useGetTenantLimitsQuery } from './api.ts';
import { DeletionPanel } from './DeletionPanel.tsx';
import { ExportPanel } from './ExportPanel.tsx';
import { TEXTS } from './texts.ts';
import { useAmount } from './useAmount.ts';

const NEAR = 0.9;

/** What the site may use and how much of it it does; for owners also the end of it all. */
export default function LimitsPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const can = useCan();
  const { data, error, refetch } = useGetTenantLimitsQuery();
  return (
    <Page title={t('limits')} maxWidth="md">
      <PageHeader title={t('limits')} description={t('limits_lead')} />
      <Stack sx={{ gap: 3 }}>
        {data === undefined && error === undefined && <LoadingState lines={4} height={72} />}
        {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data !== undefined && (
          <Panel component="section" aria-label={t('limits')}>
            <Stack component="ul" sx={{ p: 0, m: 0, gap: 3, listStyle: 'none' }}>
              {data.limits.map((usage) => (
                <Meter key={usage.name} usage={usage} />
              ))}
            </Stack>
          </Panel>
        )}
        {can('tenant.export.manage') && (
          <Prover>
            <ExportPanel />
          </Prover>
        )}
        {can('tenant.deletion.manage') && <DeletionPanel />}
      </Stack>
    </Page>
  );
}

function Meter({ usage }: { readonly usage: Usage }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const words = useAmount(usage.name);
  const { name, used, limit } = usage;
  const counted = name !== 'requests_per_minute';
  const share = limit === null || limit === 0 ? undefined : Math.min(used / limit, 1);
  const text = counted
    ? t(limit === null ? 'no_limit' : 'of', { used: words(used), limit: words(limit ?? 0) })
    : t(limit === null ? 'unlimited' : 'at_most', { limit: words(limit ?? 0) });
  const warning = !counted || share === undefined || share < NEAR ? undefined : t(share >= 1 ? 'full' : 'near');
  return (
    <Box component="li">
      <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 2, flexWrap: 'wrap' }}>
        <Typography sx={{ fontWeight: 600 }}>{t(name)}</Typography>
        <Typography sx={{ color: color('muted'), fontVariantNumeric: 'tabular-nums' }}>{text}</Typography>
      </Stack>
      {counted && share !== undefined && (
        <LinearProgress
          variant="determinate"
          value={share * 100}
          color={warning === undefined ? 'primary' : 'error'}
          aria-label={t('usage', { name: t(name) })}
          aria-valuetext={text}
          sx={{ mt: 1, height: 8, borderRadius: 4 }}
        />
      )}
      {warning !== undefined && (
        <Typography variant="body2" color="error" sx={{ mt: 0.75 }}>
          {warning}
        </Typography>
      )}
    </Box>
  );
}
