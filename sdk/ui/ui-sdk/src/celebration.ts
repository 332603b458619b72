/** What is celebrated; decides how it looks. */
export type CelebrationKind = 'points' | 'level' | 'badge' | 'course';

/** One small celebration, shown over the page for a moment. */
export interface Celebration {
  readonly kind: CelebrationKind;
  readonly title: string;
  readonly description?: string;
  /** The number in the middle, for example the points gained. */
  readonly amount?: number;
  /** Colour of the medal, for badges. */
  readonly tier?: 'bronze' | 'silver' | 'gold';
  /** The `d` attribute of a 24 by 24 SVG path. */
  readonly icon?: string;
  /** Where a click leads. */
  readonly to?: string;
}

/** A short message in a corner of the page. */
export interface Notice {
  readonly message: string;
  readonly severity?: 'success' | 'info' | 'warning' | 'error';
}
