import ComputerRounded from '@mui/icons-material/ComputerRounded';
import SmartphoneRounded from '@mui/icons-material/SmartphoneRounded';
import { Box, Button, Chip, Stack, Typography } from '@mui/material';
import { ErrorState, LoadingState, useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type SessionCard, useEndSessionMutation, useEndSessionsMutation, useListSessionsQuery } from '../../api/index.ts';
import { closeSession } from '../../app/session/session.ts';
import { color } from '../../design/theme/tokens.ts';
import { SecurityPanel } from './SecurityPanel.tsx';

interface SessionRowProps {
  readonly session: SessionCard;
  readonly onEnd: () => void;
}

function SessionRow({ session, onEnd }: SessionRowProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const known = [session.browser, session.system].filter((part) => part !== null);
  const name = known.length === 0 ? t('security:unknown_device') : known.join(' · ');
  const facts = [
    session.address,
    session.current ? null : t('security:used', { when: format.relative(session.last_used_at) }),
    t('security:since', { date: format.date(session.created_at) }),
    typeof session.opened_by === 'string' ? t('security:opened_by', { name: session.opened_by, reason: session.reason }) : null,
  ];
  return (
    <Stack component="li" direction="row" sx={{ alignItems: 'center', gap: 2, py: 1 }}>
      {session.mobile ? <SmartphoneRounded aria-hidden /> : <ComputerRounded aria-hidden />}
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography sx={{ fontWeight: 600 }}>{name}</Typography>
        <Typography variant="body2" sx={{ color: color('muted'), overflowWrap: 'anywhere' }}>
          {facts.filter((fact) => fact !== null).join(' · ')}
        </Typography>
      </Box>
      {session.current ? (
        <Chip size="small" color="success" variant="outlined" label={t('security:this_device')} />
      ) : (
        <Button size="small" variant="outlined" aria-label={t('security:end_named', { name })} onClick={onEnd}>
          {t('security:end')}
        </Button>
      )}
    </Stack>
  );
}

/** Where the account is open, and the way to close it there or everywhere. */
export function SessionsPanel(): ReactNode {
  const { t } = useTranslation();
  const notify = useNotify();
  const message = useProblemMessage();
  const navigate = useNavigate();
  const { data, error, refetch } = useListSessionsQuery();
  const [endOne] = useEndSessionMutation();
  const [endAll, { isLoading }] = useEndSessionsMutation();
  const fail = (problem: unknown): void => {
    if (problem !== undefined) notify({ message: message(problem), severity: 'error' });
  };
  const everywhere = async (): Promise<void> => {
    const answer = await endAll(false);
    fail(answer.error);
    if (answer.error !== undefined) return;
    await closeSession();
    await navigate('/log-in');
  };
  const others = async (): Promise<void> => {
    const answer = await endAll(true);
    fail(answer.error);
    if (answer.error === undefined) notify({ message: t('security:others_ended'), severity: 'success' });
  };
  return (
    <SecurityPanel title={t('security:sessions')} lead={t('security:sessions_lead')}>
      {data === undefined && error === undefined && <LoadingState lines={2} height={56} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      <Stack component="ul" sx={{ p: 0, m: 0, mb: 2 }}>
        {data?.sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            onEnd={() => void endOne(session.id).then((answer) => fail(answer.error))}
          />
        ))}
      </Stack>
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1.5 }}>
        {(data?.sessions.length ?? 0) > 1 && (
          <Button variant="outlined" loading={isLoading} onClick={() => void others()}>
            {t('security:end_others')}
          </Button>
        )}
        <Button variant="outlined" color="error" loading={isLoading} onClick={() => void everywhere()}>
          {t('security:end_all')}
        </Button>
      </Stack>
    </SecurityPanel>
  );
}
