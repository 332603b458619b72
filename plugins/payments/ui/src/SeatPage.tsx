import { Alert, Box, Button, Card, Stack } from '@mui/material';
import { ErrorState, LoadingState } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Frame } from './Frame.tsx';
import { SeatAssignDialog } from './SeatAssignDialog.tsx';
import { SeatCodes } from './SeatCodes.tsx';
import { SeatCounts } from './SeatCounts.tsx';
import { SeatLinks } from './SeatLinks.tsx';
import { SeatPeople } from './SeatPeople.tsx';
import { type SeatInvitation, usePaymentsGetSeatsQuery } from './seatsApi.ts';

/** Seats that were bought together: who has them, and the ways to give them. */
export default function SeatPage(): ReactNode {
  const { t } = useTranslation('payments');
  const { id = '' } = useParams();
  const { currentData: seats, error, refetch } = usePaymentsGetSeatsQuery(id);
  const [assigning, setAssigning] = useState(false);
  const [made, setMade] = useState<readonly SeatInvitation[]>([]);
  if (seats === undefined) {
    return <Frame title={t('seats.title')}>{error === undefined ? <LoadingState lines={3} height={120} /> : <ErrorState error={error} onRetry={() => void refetch()} />}</Frame>;
  }
  const lead = [t('order.named', { number: seats.order_number }), seats.mine ? '' : (seats.buyer?.display_name ?? ''), seats.courses.map(({ title }) => title).join(', ')].filter(Boolean).join(' · ');
  return (
    <Frame
      title={seats.title}
      lead={lead}
      actions={
        seats.mine && (
          <Button variant="contained" disabled={seats.free === 0} onClick={() => setAssigning(true)}>
            {t('seats.assign.open')}
          </Button>
        )
      }
    >
      <Stack sx={{ gap: 3 }}>
        <Card sx={{ p: { xs: 2, sm: 3 } }}>
          <SeatCounts seats={seats} />
        </Card>
        {seats.taken + seats.invited > seats.seats && <Alert severity="warning">{t('seats.too_few')}</Alert>}
        <SeatLinks invitations={made} onClose={() => setMade([])} />
        <Box sx={{ display: 'grid', gap: 3, alignItems: 'start', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 3fr) minmax(0, 2fr)' } }}>
          <SeatPeople seats={seats} onInvited={(invitation) => setMade([invitation])} />
          <SeatCodes seats={seats} />
        </Box>
      </Stack>
      {assigning && <SeatAssignDialog seats={seats} onInvited={setMade} onClose={() => setAssigning(false)} />}
    </Frame>
  );
}
