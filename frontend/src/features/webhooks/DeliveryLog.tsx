import { Box, Button, Chip, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../design/components/Panel.tsx';
import { color } from '../../design/theme/tokens.ts';
import { useListWebhookDeliveriesQuery } from './api.ts';
import { Delivery } from './Delivery.tsx';
import { TEXTS } from './texts.ts';

const STATES = ['all', 'pending', 'delivered', 'failed'] as const;

/** What was sent to a webhook, the newest first. */
export function DeliveryLog({ webhookId }: { readonly webhookId: string }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const [state, setState] = useState<(typeof STATES)[number]>('all');
  const [trail, setTrail] = useState<readonly string[]>([]);
  const cursor = trail.at(-1);
  const { data, error, refetch } = useListWebhookDeliveriesQuery(
    { webhookId, ...(state === 'all' ? {} : { state }), ...(cursor === undefined ? {} : { cursor }) },
    { pollingInterval: cursor === undefined ? 5000 : 0, skipPollingIfUnfocused: true },
  );
  const next = data?.next_cursor ?? null;
  return (
    <Panel component="section" aria-labelledby="deliveries">
      <Typography id="deliveries" variant="h3" component="h2">
        {t('log')}
      </Typography>
      <Typography variant="body2" sx={{ color: color('muted'), mb: 2 }}>
        {t('log_lead')}
      </Typography>
      <Stack direction="row" role="group" aria-label={t('filter')} sx={{ flexWrap: 'wrap', gap: 1, mb: 1 }}>
        {STATES.map((each) => (
          <Chip
            key={each}
            clickable
            label={t(`filter_${each}`)}
            color={state === each ? 'primary' : 'default'}
            aria-pressed={state === each}
            onClick={() => {
              setState(each);
              setTrail([]);
            }}
            sx={{ height: 40, px: 0.75, '@media (pointer: coarse)': { height: 44 } }}
          />
        ))}
      </Stack>
      {data === undefined && error === undefined && <LoadingState lines={3} height={56} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && data.items.length === 0 && (
        <EmptyState role="status" title={t('log_none')} description={t('log_none_detail')} />
      )}
      <Box component="ul" sx={{ p: 0, m: 0, listStyle: 'none' }}>
        {data?.items.map((each) => <Delivery key={each.id} webhookId={webhookId} delivery={each} />)}
      </Box>
      {(trail.length > 0 || next !== null) && (
        <Stack direction="row" sx={{ gap: 1.5, mt: 2 }}>
          <Button variant="outlined" disabled={trail.length === 0} onClick={() => setTrail(trail.slice(0, -1))}>
            {t('previous')}
          </Button>
          <Button variant="outlined" disabled={next === null} onClick={() => next !== null && setTrail([...trail, next])}>
            {t('next')}
          </Button>
        </Stack>
      )}
    </Panel>
  );
}
