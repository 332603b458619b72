import { Box, Chip, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from './api.ts';

/** A name on a board, with a mark where it is one's own. */
export function PlaceName({ place }: { readonly place: Place }): ReactNode {
  const { t } = useTranslation('leaderboards');
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 1, minWidth: 0, maxWidth: '100%' }}>
      <Typography component="span" noWrap sx={{ fontWeight: 'var(--ql-font-weight-strong)', fontStyle: place.pseudonymous ? 'italic' : undefined }}>
        {place.name}
      </Typography>
      {place.is_me && <Chip component="span" size="small" color="primary" label={t('you')} sx={{ flexShrink: 0 }} />}
    </Box>
  );
}
