import CloseRounded from '@mui/icons-material/CloseRounded';
import { Box, Dialog, IconButton } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { color, radius, shadow } from '../../../design/theme/tokens.ts';

interface FigureZoomProps {
  readonly src: string;
  readonly alt: string;
  readonly onClose: () => void;
}

/** A picture over the whole window. */
export default function FigureZoom({ src, alt, onClose }: FigureZoomProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Dialog open fullScreen onClose={onClose} aria-label={alt}>
      <Box sx={{ display: 'grid', placeItems: 'center', height: '100%', p: { xs: 1, sm: 4 }, overflow: 'auto' }}>
        <Box
          component="img"
          src={src}
          alt={alt}
          sx={{
            width: 'min(1400px, 100%)',
            minWidth: { xs: 640, sm: 0 },
            maxHeight: { sm: '100%' },
            objectFit: 'contain',
            background: '#fff',
            borderRadius: radius('control'),
          }}
        />
      </Box>
      <IconButton
        autoFocus
        onClick={onClose}
        aria-label={t('player.close')}
        sx={{
          position: 'fixed',
          top: 16,
          insetInlineEnd: 16,
          background: color('raised'),
          boxShadow: shadow('card'),
          '&:hover': { background: color('sunken') },
        }}
      >
        <CloseRounded />
      </IconButton>
    </Dialog>
  );
}
