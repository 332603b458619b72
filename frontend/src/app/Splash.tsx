import type { ReactNode } from 'react';

/** The same picture as in index.html, until the first page is there. */
export function Splash(): ReactNode {
  return (
    <div className="ql-splash" aria-busy="true">
      <svg viewBox="0 0 88 24" aria-hidden="true">
        <path d="M8 16 44 8l36 8" />
        <circle cx="8" cy="16" r="6" />
        <circle cx="44" cy="8" r="6" />
        <circle cx="80" cy="16" r="6" />
      </svg>
    </div>
  );
}
