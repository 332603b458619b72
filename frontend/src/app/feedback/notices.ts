import type { Celebration, Notice } from '@questline/ui-sdk';
import { Queue } from './queue.ts';

/** Messages waiting to be shown in the corner. */
export const notices = new Queue<Notice>();

/** Celebrations waiting to be shown. */
export const celebrations = new Queue<Celebration>();

/** Shows a short message. */
export function notify(notice: Notice): void {
  notices.push(notice);
}

/** Shows a celebration. */
export function celebrate(celebration: Celebration): void {
  celebrations.push(celebration);
}
