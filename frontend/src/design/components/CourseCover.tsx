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

const ACCENTS = ['points', 'success', 'danger'] as const;
const RINGS = [0, 1, 2, 3];

/** The ground's colour with some of the ink in it: visible in every theme. */
function tint(percent: number): string {
  return `color-mix(in oklab, ${color('hero-ink')} ${percent}%, ${color('hero-end')})`;
}

function Hills({ seed, accent }: { readonly seed: number; readonly accent: string }): ReactNode {
  const x = 90 + (seed % 5) * 34;
  return (
    <>
      <circle cx={x + 70} cy="58" r={30 + (seed % 4) * 6} fill={accent} />
      <path d={`M-20 200C40 ${90 + (seed % 40)} ${x} 70 340 200Z`} fill={tint(8)} />
      <path d="M120 200C190 110 250 120 360 200Z" fill={tint(26)} />
    </>
  );
}

function Orbits({ seed, accent }: { readonly seed: number; readonly accent: string }): ReactNode {
  const x = 70 + (seed % 6) * 36;
  return (
    <>
      <circle cx={x} cy="150" r="92" fill={tint(8)} />
      {RINGS.map((ring) => (
        <circle
          key={ring}
          cx={x}
          cy="150"
          r={58 + ring * 30}
          fill="none"
          stroke={color('hero-ink')}
          strokeOpacity={0.5 - ring * 0.1}
          strokeWidth="2"
        />
      ))}
      <circle cx={x + 62} cy="62" r="19" fill={accent} />
    </>
  );
}

function Steps({ seed, accent }: { readonly seed: number; readonly accent: string }): ReactNode {
  return (
    <>
      {RINGS.map((step) => {
        const height = 34 + step * 34 + ((seed >> step) % 4) * 6;
        const fill = step === 3 ? accent : tint(8 + step * 10);
        return <rect key={step} x={52 + step * 58} y={180 - height} width="46" height={height} rx="10" fill={fill} />;
      })}
    </>
  );
}

const DRAWINGS = [Hills, Orbits, Steps];

/** A drawing in the theme's colours that differs from course to course, for courses without a picture. */
function DrawnCover({ slug }: { readonly slug: string }): ReactNode {
  const seed = hash(slug);
  const Drawing = DRAWINGS[seed % 3] ?? Hills;
  const accent = color(ACCENTS[Math.floor(seed / 3) % 3] ?? 'points');
  return (
    <svg viewBox="0 0 320 180" width="100%" height="100%" preserveAspectRatio="xMidYMid slice" aria-hidden>
      <rect width="320" height="180" fill={color('hero-start')} />
      <Drawing seed={seed} accent={accent} />
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
