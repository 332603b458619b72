import ComputerRounded from '@mui/icons-material/ComputerRounded';
import SmartphoneRounded from '@mui/icons-material/SmartphoneRounded';
import { Box, Button, Stack, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../design/components/Panel.tsx';
import { color } from '../../design/theme/tokens.ts';
import { useListAuditEntriesQuery, useListUserSessionsQuery } from './api.ts';
import { TEXTS } from './texts.ts';

const ENTRIES = 8;

/** Where somebody is signed in. */
export function SessionsOf({ userId, onEnd }: { readonly userId: string; readonly onEnd: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const { data } = useListUserSessionsQuery(userId);
  const sessions = data?.sessions ?? [];
  return (
    <Panel component="section" aria-labelledby="person-sessions">
      <Typography id="person-sessions" variant="h3" component="h2" sx={{ mb: 1.5 }}>
        {t('sessions')}
      </Typography>
      {data !== undefined && sessions.length === 0 && (
        <Typography sx={{ color: color('muted') }}>{t('sessions_none')}</Typography>
      )}
      <Stack component="ul" sx={{ p: 0, m: 0 }}>
        {sessions.map((session) => {
          const name = [session.browser, session.system].filter((part) => part !== null).join(' · ');
          const facts = [session.address, t('used', { when: format.relative(session.last_used_at) })];
          return (
            <Stack component="li" key={session.id} direction="row" sx={{ gap: 1.5, py: 0.75, alignItems: 'center' }}>
              {session.mobile ? <SmartphoneRounded aria-hidden /> : <ComputerRounded aria-hidden />}
              <Box sx={{ minWidth: 0 }}>
                <Typography sx={{ fontWeight: 600 }}>{name === '' ? t('unknown_device') : name}</Typography>
                <Typography variant="body2" sx={{ color: color('muted'), overflowWrap: 'anywhere' }}>
                  {facts.filter((fact) => fact !== null).join(' · ')}
                  {typeof session.opened_by === 'string' && ` · ${t('opened_by', { name: session.opened_by })}`}
                </Typography>
              </Box>
            </Stack>
          );
        })}
      </Stack>
      {sessions.length > 0 && (
        <Button variant="outlined" color="error" sx={{ mt: 2 }} onClick={onEnd}>
          {t('sessions_end')}
        </Button>
      )}
    </Panel>
  );
}

/** What the audit log says of somebody, the newest first. */
export function HistoryOf({ userId }: { readonly userId: string }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const { data } = useListAuditEntriesQuery({ subjectType: 'user', subjectId: userId, limit: ENTRIES });
  const entries = data?.items ?? [];
  return (
    <Panel component="section" aria-labelledby="person-history">
      <Typography id="person-history" variant="h3" component="h2" sx={{ mb: 1.5 }}>
        {t('history')}
      </Typography>
      {data !== undefined && entries.length === 0 && (
        <Typography sx={{ color: color('muted') }}>{t('history_none')}</Typography>
      )}
      <Stack component="ol" sx={{ p: 0, m: 0, listStyle: 'none' }}>
        {entries.map((entry) => (
          <Box component="li" key={entry.number} sx={{ py: 0.75 }}>
            <Typography component="code" variant="body2" sx={{ overflowWrap: 'anywhere' }}>
              {entry.action}
            </Typography>
            <Typography variant="body2" sx={{ color: color('muted') }}>
              {format.relative(entry.at)}
              {entry.actor_name !== null && ` · ${t('history_by', { name: entry.actor_name })}`}
            </Typography>
          </Box>
        ))}
      </Stack>
    </Panel>
  );
}
