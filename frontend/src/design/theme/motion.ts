import { useSyncExternalStore } from 'react';

/** Whether things may move: as the device says, or never. */
export type MotionPreference = 'system' | 'reduced';

/** Where the choice is kept; `public/appearance.js` reads it before the first paint. */
export const MOTION_KEY = 'questline-motion';

const MEDIA = '(prefers-reduced-motion: reduce)';
const CHANGED = 'questline:motion';

/** The person's choice on this device. */
export function readMotionPreference(): MotionPreference {
  return localStorage.getItem(MOTION_KEY) === 'reduced' ? 'reduced' : 'system';
}

/** Keeps the choice and applies it to the page. */
export function setMotionPreference(preference: MotionPreference): void {
  if (preference === 'reduced') {
    localStorage.setItem(MOTION_KEY, preference);
    document.documentElement.dataset.motion = preference;
  } else {
    localStorage.removeItem(MOTION_KEY);
    delete document.documentElement.dataset.motion;
  }
  globalThis.dispatchEvent(new Event(CHANGED));
}

function subscribe(listener: () => void): () => void {
  const media = globalThis.matchMedia(MEDIA);
  media.addEventListener('change', listener);
  globalThis.addEventListener(CHANGED, listener);
  return () => {
    media.removeEventListener('change', listener);
    globalThis.removeEventListener(CHANGED, listener);
  };
}

/** The person's choice, kept up to date. */
export function useMotionPreference(): MotionPreference {
  return useSyncExternalStore(subscribe, readMotionPreference);
}

/** Whether nothing should move, by the person's choice or the device's. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => readMotionPreference() === 'reduced' || globalThis.matchMedia(MEDIA).matches,
  );
}
