import ExpandMoreRounded from '@mui/icons-material/ExpandMoreRounded';
import { Box, Button, ButtonBase, Chip, Stack, Typography } from '@mui/material';
import { ErrorState, LoadingState, useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { border, color } from '../../design/theme/tokens.ts';
import { type DeliveryCard, useGetWebhookDeliveryQuery, useRedeliverWebhookMutation } from './api.ts';
import { TEXTS } from './texts.ts';

const COLORS = { pending: 'info', delivered: 'success', failed: 'error' } as const;

interface DeliveryProps {
  readonly webhookId: string;
  readonly delivery: DeliveryCard;
}

/** One message of the log; opened, it shows what was sent and answered. */
export function Delivery({ webhookId, delivery }: DeliveryProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const id = useId();
  const facts = [
    format.dateTime(delivery.occurred_at),
    t('attempts', { count: delivery.attempts }),
    delivery.status === null ? (delivery.error ?? '') : `HTTP ${delivery.status}`,
    delivery.next_at === null || delivery.attempts === 0 ? '' : t('next_at', { when: format.relative(delivery.next_at) }),
  ];
  return (
    <Box component="li" sx={{ borderBottom: border(), '&:last-of-type': { borderBottom: 0 } }}>
      <ButtonBase
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        sx={{ width: '100%', py: 1.5, gap: 1.5, textAlign: 'start', justifyContent: 'flex-start', borderRadius: 1 }}
      >
        <Box component="span" sx={{ flex: 1, minWidth: 0 }}>
          <Typography component="span" sx={{ display: 'block', fontWeight: 600, overflowWrap: 'anywhere' }}>
            {delivery.event_type}
          </Typography>
          <Typography component="span" variant="body2" sx={{ color: color('muted'), overflowWrap: 'anywhere' }}>
            {facts.filter((part) => part !== '').join(' · ')}
          </Typography>
        </Box>
        <Chip size="small" component="span" label={t(`filter_${delivery.state}`)} color={COLORS[delivery.state]} />
        <ExpandMoreRounded aria-hidden sx={{ transform: open ? 'rotate(180deg)' : 'none' }} />
      </ButtonBase>
      {open && (
        <Box id={id} sx={{ pb: 2.5 }}>
          <Details webhookId={webhookId} delivery={delivery} />
        </Box>
      )}
    </Box>
  );
}

function Details({ webhookId, delivery }: DeliveryProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const notify = useNotify();
  const message = useProblemMessage();
  const { data, error, refetch } = useGetWebhookDeliveryQuery({ webhookId, deliveryId: delivery.id });
  const [again, { isLoading }] = useRedeliverWebhookMutation();
  const resend = async (): Promise<void> => {
    const answer = await again({ webhookId, deliveryId: delivery.id });
    if (answer.error === undefined) notify({ message: t('again_done'), severity: 'success' });
    else notify({ message: message(answer.error), severity: 'error' });
  };
  if (error !== undefined && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingState lines={2} height={48} />;
  return (
    <Stack sx={{ gap: 2 }}>
      {delivery.state !== 'pending' && (
        <Button variant="outlined" loading={isLoading} onClick={() => void resend()} sx={{ alignSelf: 'flex-start' }}>
          {t('again')}
        </Button>
      )}
      <Excerpt title={t('body')} text={data.body} />
      {data.attempts.map((each) => (
        <Stack key={each.number} sx={{ gap: 1 }}>
          <Typography variant="h4" component="h3">
            {t('attempt', { number: each.number })} · {format.dateTime(each.started_at)} ·{' '}
            {t('took', { milliseconds: format.number(each.milliseconds) })}
          </Typography>
          <Excerpt title={t('request')} text={lines(each.request_headers)} />
          <Excerpt
            title={t('answer')}
            text={each.error ?? [`HTTP ${each.status ?? ''}`, lines(each.response_headers), '', each.response_body || t('no_body')].join('\n')}
          />
        </Stack>
      ))}
    </Stack>
  );
}

function Excerpt({ title, text }: { readonly title: string; readonly text: string }): ReactNode {
  return (
    <Box component="figure" sx={{ m: 0 }}>
      <Typography component="figcaption" variant="body2" sx={{ fontWeight: 600, mb: 0.5 }}>
        {title}
      </Typography>
      <Box
        component="pre"
        sx={{ m: 0, p: 1.5, borderRadius: 1, bgcolor: 'action.hover', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', fontSize: 13 }}
      >
        {text}
      </Box>
    </Box>
  );
}

function lines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
