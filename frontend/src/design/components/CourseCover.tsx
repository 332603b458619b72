import { Box, type BoxProps } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { color } from '../theme/tokens.ts';

interface CourseCoverProps {
  readonly slug: string;
  readonly url: string | null | undefined;
  readonly sx?: BoxProps['sx'];
}

function hash(text: string): number {
  let value = 7;
  for (const letter of text) value = (value * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return value;
}

/** Circles and arcs that differ from course to course, for courses without a picture. */
function DrawnCover({ slug }: { readonly slug: string }): ReactNode {
  const seed = hash(slug);
  const accents = ['hero-glow', 'hero-spark', 'points'] as const;
  const accent = accents[seed % 3] ?? 'points';
  const x = 60 + (seed % 7) * 30;
  return (
    <svg viewBox="0 0 320 180" width="100%" height="100%" preserveAspectRatio="xMidYMid slice" aria-hidden>
      <rect width="320" height="180" fill={color('hero-start')} />
      <circle cx={x} cy="190" r="120" fill={color('hero-end')} />
      <circle cx={x + 96} cy="46" r={38 + (seed % 5) * 5} fill={color(accent)} fillOpacity="0.9" />
      {[0, 1, 2].map((ring) => (
        <circle
          key={ring}
          cx={x - 10}
          cy="180"
          r={54 + ring * 32}
          fill="none"
          stroke={color('hero-ink')}
          strokeOpacity={0.5 - ring * 0.14}
          strokeWidth="2"
        />
      ))}
    </svg>
  );
}

/** A course's picture; a drawn one where there is none or it cannot be loaded. */
export function CourseCover({ slug, url, sx }: CourseCoverProps): ReactNode {
  const [failed, setFailed] = useState(false);
  return (
    <Box
      sx={[
        { aspectRatio: '16 / 9', overflow: 'hidden', background: color('sunken'), '& > *': { display: 'block' } },
        ...(Array.isArray(sx) ? sx : [sx]),
      ]}
    >
      {url && !failed ? (
        <Box
          component="img"
          src={url}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => setFailed(true)}
          sx={{ width: '100%', height: '100%', objectFit: 'cover' }}
        />
      ) : (
        <DrawnCover slug={slug} />
      )}
    </Box>
  );
}
