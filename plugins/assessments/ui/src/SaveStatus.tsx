import CloudDoneOutlined from '@mui/icons-material/CloudDoneOutlined';
import CloudOffOutlined from '@mui/icons-material/CloudOffOutlined';
import CloudSyncOutlined from '@mui/icons-material/CloudSyncOutlined';
import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from './look.ts';
import type { SaveState } from './useAutosave.ts';

const ICONS = { saved: CloudDoneOutlined, saving: CloudSyncOutlined, waiting: CloudOffOutlined } as const;

/** Whether the answers are with the server; only trouble is read out. */
export function SaveStatus({ state }: { readonly state: SaveState }): ReactNode {
  const { t } = useTranslation('assessments');
  if (state === 'idle') return null;
  const Icon = ICONS[state];
  return (
    <Box sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75, color: color(state === 'waiting' ? 'danger-ink' : 'muted') }}>
      <Icon aria-hidden sx={{ fontSize: 20 }} />
      <Typography variant="body2" component="span">
        {t(`save.${state}`)}
      </Typography>
    </Box>
  );
}
