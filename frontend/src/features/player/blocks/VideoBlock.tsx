import ExpandMoreRounded from '@mui/icons-material/ExpandMoreRounded';
import { Box, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Prose } from '../../../design/components/Prose.tsx';
import { border, color, radius, weight } from '../../../design/theme/tokens.ts';

interface VideoBlockProps {
  readonly src: string;
  readonly title: string;
  readonly captions: string | undefined;
  readonly poster: string | undefined;
  readonly language: string;
  readonly transcriptHtml: string | undefined;
}

/** A film with captions and its transcript below. */
export function VideoBlock({ src, title, captions, poster, language, transcriptHtml }: VideoBlockProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Box component="figure" aria-labelledby={id} sx={{ m: 0 }}>
      <Box
        component="video"
        controls
        playsInline
        preload="metadata"
        src={src}
        poster={poster}
        crossOrigin="anonymous"
        sx={{
          display: 'block',
          width: '100%',
          aspectRatio: '16 / 9',
          borderRadius: radius('card'),
          background: color('code-background'),
        }}
      >
        {captions !== undefined && (
          <track kind="captions" src={captions} srcLang={language} label={t('player.captions')} default />
        )}
      </Box>
      <Typography component="figcaption" id={id} variant="h5" sx={{ mt: 1.5 }}>
        {title}
      </Typography>
      {transcriptHtml !== undefined && transcriptHtml !== '' && (
        <Box
          component="details"
          sx={{ mt: 1, borderTop: border(), '&[open] summary svg': { transform: 'rotate(180deg)' } }}
        >
          <Box
            component="summary"
            sx={{
              display: 'flex',
              alignItems: 'center',
              gap: 1,
              minHeight: 44,
              cursor: 'pointer',
              fontWeight: weight('strong'),
              color: color('primary-ink'),
            }}
          >
            <ExpandMoreRounded aria-hidden />
            {t('player.transcript')}
          </Box>
          <Prose html={transcriptHtml} sx={{ fontSize: '1rem', pt: 1 }} />
        </Box>
      )}
    </Box>
  );
}
