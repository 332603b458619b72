import { Alert, AlertTitle, Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeatInvitation } from './seatsApi.ts';

interface SeatLinksProps {
  readonly invitations: readonly SeatInvitation[];
  readonly onClose: () => void;
}

/** The links of invitations that a site without mail leaves to the buyer to hand on. */
export function SeatLinks({ invitations, onClose }: SeatLinksProps): ReactNode {
  const { t } = useTranslation('payments');
  const links = invitations.filter(({ path }) => path !== null);
  if (links.length === 0) return null;
  return (
    <Alert severity="info" role="status" onClose={onClose} closeText={t('seats.links.close')} sx={{ '& .MuiAlert-message': { minWidth: 0 } }}>
      <AlertTitle component="h2">{t('seats.links.title')}</AlertTitle>
      {t('seats.links.detail')}
      <Box component="ul" sx={{ m: 0, mt: 1, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}>
        {links.map(({ email, path }) => (
          <li key={email}>
            <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{email}</Typography>
            <Typography variant="body2" component="code" sx={{ overflowWrap: 'anywhere' }}>
              {`${location.origin}${path ?? ''}`}
            </Typography>
          </li>
        ))}
      </Box>
    </Alert>
  );
}
