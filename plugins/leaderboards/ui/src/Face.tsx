import { Avatar } from '@mui/material';
import type { ReactNode } from 'react';
import type { Place } from './api.ts';

const TONES = ['primary', 'success', 'points', 'danger', 'info'] as const;

/** The first letters of a name's first two words. */
export function initials(name: string): string {
  return name
    .split(/\s+/u)
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** The tone a name always gets. */
export function toneOf(name: string): (typeof TONES)[number] {
  // FNV-1a, so that similar names get different tones.
  let hash = 0x81_1c_9d_c5;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01_00_01_93) >>> 0;
  return TONES[hash % TONES.length] ?? 'primary';
}

/** A user's picture, or their initials in a colour of their own. */
export function Face({ place, size = 40 }: { readonly place: Place; readonly size?: number }): ReactNode {
  const tone = toneOf(place.name);
  return (
    <Avatar
      aria-hidden
      {...(place.avatar_url === null ? {} : { src: place.avatar_url })}
      sx={{
        width: size,
        height: size,
        fontSize: size * 0.38,
        fontFamily: 'var(--ql-font-family-display)',
        fontWeight: 'var(--ql-font-weight-heading)',
        color: `var(--ql-color-${tone}-ink)`,
        background: `var(--ql-color-${tone}-soft)`,
      }}
    >
      {initials(place.name)}
    </Avatar>
  );
}
