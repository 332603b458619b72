import { Box, Button, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useListInvitationsQuery, useWithdrawInvitationMutation } from '../../api/console/index.ts';
import { Pager } from '../../design/components/Pager.tsx';
import { Panel } from '../../design/components/Panel.tsx';
import { color } from '../../design/theme/tokens.ts';

/** The invitations that have not been accepted, to be withdrawn. */
export function InvitationList(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const notify = useNotify();
  const message = useProblemMessage();
  const [trail, setTrail] = useState<readonly string[]>([]);
  const cursor = trail.at(-1);
  const { data, error, refetch } = useListInvitationsQuery(cursor === undefined ? {} : { cursor });
  const [withdraw] = useWithdrawInvitationMutation();
  const remove = async (id: string): Promise<void> => {
    const answer = await withdraw(id);
    if (answer.error !== undefined) notify({ message: message(answer.error), severity: 'error' });
  };
  return (
    <Panel component="section" aria-labelledby="open-invitations">
      <Typography id="open-invitations" variant="h3" component="h2" sx={{ mb: 1.5 }}>
        {t('access:open')}
      </Typography>
      {data === undefined && error === undefined && <LoadingState lines={3} height={48} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && data.items.length === 0 && (
        <EmptyState role="status" title={t('access:none_open')} description={t('access:none_open_detail')} />
      )}
      <Stack component="ul" sx={{ p: 0, m: 0 }}>
        {data?.items.map((each) => (
          <Stack
            component="li"
            key={each.id}
            direction="row"
            sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 1.5, py: 1.25 }}
          >
            <Box sx={{ flex: '1 1 220px', minWidth: 0 }}>
              <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{each.email}</Typography>
              <Typography variant="body2" sx={{ color: color('muted') }}>
                {t(`access:role_${each.role}`)} ·{' '}
                {t('access:invited_by', { inviter: each.inviter, date: format.date(each.created_at) })}
              </Typography>
            </Box>
            <Button
              size="small"
              variant="outlined"
              aria-label={t('access:withdraw_named', { email: each.email })}
              onClick={() => void remove(each.id)}
            >
              {t('access:withdraw')}
            </Button>
          </Stack>
        ))}
      </Stack>
      <Pager trail={trail} next={data?.next_cursor ?? null} onMove={setTrail} />
    </Panel>
  );
}
