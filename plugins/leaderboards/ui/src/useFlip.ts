import { type RefObject, useLayoutEffect, useRef } from 'react';

const MILLISECONDS = 520;

/**
 * Lets the children of an element that carry `data-flip` glide to their new places when the order changes.
 *
 * First, last, invert, play (https://aerotwist.com/blog/flip-your-animations/), with the Web Animations API. Nothing
 * moves for those who want no motion, nor in environments without that API.
 */
export function useFlip(container: RefObject<HTMLElement | null>): void {
  const tops = useRef(new Map<string, number>());
  useLayoutEffect(() => {
    const element = container.current;
    if (element === null) return;
    const still = typeof window.matchMedia === 'function' && window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const origin = element.getBoundingClientRect().top;
    const next = new Map<string, number>();
    for (const child of element.querySelectorAll<HTMLElement>('[data-flip]')) {
      const key = child.dataset['flip'] ?? '';
      const top = child.getBoundingClientRect().top - origin;
      const before = tops.current.get(key);
      next.set(key, top);
      if (!still && before !== undefined && before !== top && typeof child.animate === 'function') {
        child.animate([{ transform: `translateY(${before - top}px)` }, { transform: 'none' }], {
          duration: MILLISECONDS,
          easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)',
        });
      }
    }
    tops.current = next;
  });
}
