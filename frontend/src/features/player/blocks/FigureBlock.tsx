import ZoomInRounded from '@mui/icons-material/ZoomInRounded';
import { Box, ButtonBase } from '@mui/material';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Prose } from '../../../design/components/Prose.tsx';
import { border, color, radius } from '../../../design/theme/tokens.ts';

interface FigureBlockProps {
  readonly src: string;
  readonly alt: string;
  readonly captionHtml: string | undefined;
}

const FigureZoom = lazy(() => import('./FigureZoom.tsx'));

/** A picture with its caption; it opens large. */
export function FigureBlock({ src, alt, captionHtml }: FigureBlockProps): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [arrived, setArrived] = useState(false);
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
        <Box
          component="img"
          src={src}
          alt=""
          loading="lazy"
          onLoad={() => setArrived(true)}
          sx={{ display: 'block', width: '100%', height: 'auto', minHeight: arrived ? 0 : 280 }}
        />
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
      {open && (
        <Suspense fallback={null}>
          <FigureZoom src={src} alt={alt} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </Box>
  );
}
