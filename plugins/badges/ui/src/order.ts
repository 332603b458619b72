import type { Badge } from './api.ts';

/** How far a badge is, from 0 to 1. */
export function share(badge: Badge): number {
  return badge.progress.current / badge.progress.target;
}

/** The earned badges, the latest first. */
export function earnedFirst(badges: readonly Badge[]): readonly Badge[] {
  return badges
    .filter((badge) => badge.earned_at !== null)
    .toSorted((one, other) => (other.earned_at ?? '').localeCompare(one.earned_at ?? ''));
}

/** The open badges, the nearest first; as they come where they are equally far. */
export function nearestFirst(badges: readonly Badge[]): readonly Badge[] {
  return badges.filter((badge) => badge.earned_at === null).toSorted((one, other) => share(other) - share(one));
}
