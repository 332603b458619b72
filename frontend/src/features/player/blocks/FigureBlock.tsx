import CloseRounded from '@mui/icons-material/CloseRounded';
import ZoomInRounded from '@mui/icons-material/ZoomInRounded';
import { Box, ButtonBase, Dialog, IconButton } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Prose } from '../../../design/components/Prose.tsx';
import { border, color, radius, shadow } from '../../../design/theme/tokens.ts';

interface FigureBlockProps {
  readonly src: string;
  readonly alt: string;
  readonly captionHtml: string | undefined;
}

interface ZoomProps {
  readonly src: string;
  readonly alt: string;
  readonly onClose: () => void;
}

function Zoom({ src, alt, onClose }: ZoomProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Dialog open fullScreen onClose={onClose} aria-label={alt}>
      <Box sx={{ display: 'grid', placeItems: 'center', height: '100%', p: { xs: 1, sm: 4 }, overflow: 'auto' }}>
        <Box
          component="img"
          src={src}
          alt={alt}
          sx={{ width: 'min(1400px, 100%)', minWidth: { xs: 640, sm: 0 }, maxHeight: { sm: '100%' }, objectFit: 'contain', background: '#fff', borderRadius: radius('control') }}
        />
      </Box>
      <IconButton
        autoFocus
        onClick={onClose}
        aria-label={t('player.close')}
        sx={{ position: 'fixed', top: 16, insetInlineEnd: 16, background: color('raised'), boxShadow: shadow('card') }}
      >
        <CloseRounded />
      </IconButton>
    </Dialog>
  );
}

/** A picture with its caption; it opens large. */
export function FigureBlock({ src, alt, captionHtml }: FigureBlockProps): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Box component="figure" sx={{ m: 0 }}>
      <ButtonBase
        onClick={() => setOpen(true)}
        aria-label={t('player.zoom', { alt })}
        sx={{
          position: 'relative',
          display: 'block',
          width: '100%',
          overflow: 'hidden',
          borderRadius: radius('card'),
          border: border(),
          // Drawings are made for a white sheet; in the dark scheme they keep one.
          background: '#fff',
          cursor: 'zoom-in',
          '&:hover .ql-zoom, &:focus-visible .ql-zoom': { opacity: 1 },
        }}
      >
        <Box component="img" src={src} alt="" loading="lazy" sx={{ display: 'block', width: '100%', height: 'auto' }} />
        <Box
          className="ql-zoom"
          aria-hidden
          sx={{
            position: 'absolute',
            top: 12,
            insetInlineEnd: 12,
            display: 'grid',
            placeItems: 'center',
            width: 40,
            height: 40,
            borderRadius: radius('small'),
            background: color('ink'),
            color: color('background'),
            opacity: { xs: 0.9, md: 0 },
            transition: 'opacity var(--ql-motion-duration-fast)',
          }}
        >
          <ZoomInRounded />
        </Box>
      </ButtonBase>
      {captionHtml !== undefined && captionHtml !== '' && (
        <Box component="figcaption" sx={{ mt: 1.5, color: color('muted') }}>
          <Prose html={captionHtml} sx={{ fontSize: '0.9375rem', lineHeight: 1.55 }} />
        </Box>
      )}
      {open && <Zoom src={src} alt={alt} onClose={() => setOpen(false)} />}
    </Box>
  );
}
