import AddRounded from '@mui/icons-material/AddRounded';
import { Box, Button, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, Page, PageHeader } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { Panel } from '../../design/components/Panel.tsx';
import { color } from '../../design/theme/tokens.ts';
import { useListWebhooksQuery } from './api.ts';
import { SecretDialog } from './SecretDialog.tsx';
import { StateChip } from './StateChip.tsx';
import { TEXTS } from './texts.ts';
import { useEventsText } from './useEventsText.ts';
import { WebhookDialog } from './WebhookDialog.tsx';

const HOOK =
  'M10 15h5.88c.27-.31.67-.5 1.12-.5a1.5 1.5 0 1 1-1.12 2.5H11.9A5 5 0 1 1 6 12.1v2.07A3 3 0 1 0 10 17zm2.5-11a5 5 0 0 1 4.9 4h-2.07a3 3 0 1 0-4.16 3.68l.33.16-2.62 4.36a1.5 1.5 0 1 1-1.71-1.03l1.58-2.63A5 5 0 0 1 12.5 4m0 3.5a1.5 1.5 0 0 1 1.46 1.84l1.9 3.18A5 5 0 1 1 14.1 21l1.03-1.72a3 3 0 1 0-.39-4.76l-.27.25-2.23-3.72A1.5 1.5 0 0 1 12.5 7.5';

/** The addresses that are told of events. */
export default function WebhooksPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const navigate = useNavigate();
  const events = useEventsText();
  const { data, error, refetch } = useListWebhooksQuery();
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<{ readonly id: string; readonly secret: string }>();
  const make = (
    <Button variant="contained" startIcon={<AddRounded />} onClick={() => setMaking(true)}>
      {t('new')}
    </Button>
  );
  return (
    <Page title={t('title')} maxWidth="md">
      <PageHeader title={t('title')} description={t('lead')} actions={make} />
      {data === undefined && error === undefined && <LoadingState lines={3} height={84} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && data.items.length === 0 && (
        <EmptyState role="status" icon={HOOK} title={t('none')} description={t('none_detail')} />
      )}
      <Stack component="ul" sx={{ p: 0, m: 0, gap: 2, listStyle: 'none' }}>
        {data?.items.map((each) => (
          <Panel component="li" key={each.id} sx={{ position: 'relative', py: 2.25, '&:hover': { borderColor: color('primary') } }}>
            <Stack direction="row" sx={{ gap: 2, alignItems: 'center' }}>
              <Box sx={{ flex: 1, minWidth: 0 }}>
                <Typography
                  component={Link}
                  to={`/admin/webhooks/${each.id}`}
                  sx={{
                    fontWeight: 600,
                    color: 'inherit',
                    textDecoration: 'none',
                    overflowWrap: 'anywhere',
                    '&::after': { content: '""', position: 'absolute', inset: 0 },
                  }}
                >
                  {each.url}
                </Typography>
                <Typography variant="body2" sx={{ color: color('muted'), overflowWrap: 'anywhere' }}>
                  {[each.description, events(each.event_types)].filter((part) => part !== '').join(' · ')}
                </Typography>
              </Box>
              <StateChip webhook={each} />
            </Stack>
          </Panel>
        ))}
      </Stack>
      {making && (
        <WebhookDialog
          onMade={(made) => {
            setMaking(false);
            setSecret({ id: made.webhook.id, secret: made.secret });
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {secret !== undefined && (
        <SecretDialog secret={secret.secret} onClose={() => void navigate(`/admin/webhooks/${secret.id}`)} />
      )}
    </Page>
  );
}
