import CloseRounded from '@mui/icons-material/CloseRounded';
import { Drawer, IconButton, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Modules, type OutlineProps } from './OutlinePanel.tsx';

interface OutlineDrawerProps extends OutlineProps {
  readonly onClose: () => void;
}

/** The outline over a lesson on a narrow screen. */
export default function OutlineDrawer({ onClose, ...props }: OutlineDrawerProps): ReactNode {
  const { t } = useTranslation();
  const paper = { 'aria-label': t('player.outline'), sx: { width: 'min(400px, 92vw)', p: 2 } };
  return (
    <Drawer anchor="right" open onClose={onClose} slotProps={{ paper }}>
      <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between', mb: 2, pl: 1.5 }}>
        <Typography variant="h4" component="h2">
          {t('player.outline')}
        </Typography>
        <IconButton onClick={onClose} aria-label={t('player.close')}>
          <CloseRounded />
        </IconButton>
      </Stack>
      <Modules {...props} onChoose={onClose} />
    </Drawer>
  );
}
