import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useEffectEvent, useState } from 'react';

interface Drag {
  /** Index of what is being dragged. */
  readonly dragged: number | null;
  /** Event handlers for the handle of the thing at an index. */
  readonly handleOf: (index: number) => object;
}

/** Index of the child of a list that lies at a height, by its middle. */
function indexAt(list: HTMLElement, y: number): number {
  const middles = [...list.children].map((child) => {
    const { top, height } = child.getBoundingClientRect();
    return top + height / 2;
  });
  const index = middles.findIndex((middle) => y < middle);
  return index === -1 ? middles.length : index;
}

/**
 * Reorders the children of a list while one is dragged by its handle, with mouse, pen or finger.
 *
 * The window is listened to, since an element that React moves loses the pointer.
 */
export function useDrag(list: RefObject<HTMLElement | null>, onMove: (from: number, to: number) => void): Drag {
  const [dragged, setDragged] = useState<number | null>(null);
  const follow = useEffectEvent((event: PointerEvent) => {
    if (dragged === null || list.current === null) return;
    const gap = indexAt(list.current, event.clientY);
    const target = gap > dragged ? gap - 1 : gap;
    if (target === dragged) return;
    onMove(dragged, target);
    setDragged(target);
  });
  const active = dragged !== null;
  useEffect(() => {
    if (!active) return undefined;
    const move = (event: PointerEvent): void => follow(event);
    const end = (): void => setDragged(null);
    globalThis.addEventListener('pointermove', move);
    globalThis.addEventListener('pointerup', end);
    globalThis.addEventListener('pointercancel', end);
    return () => {
      globalThis.removeEventListener('pointermove', move);
      globalThis.removeEventListener('pointerup', end);
      globalThis.removeEventListener('pointercancel', end);
    };
  }, [active]);
  const handleOf = (index: number): object => ({
    onPointerDown: (event: ReactPointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.preventDefault();
      setDragged(index);
    },
  });
  return { dragged, handleOf };
}
