import { type PointerEvent, type RefObject, useState } from 'react';

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

/** Reorders the children of a list while one is dragged by its handle, with mouse, pen or finger. */
export function useDrag(list: RefObject<HTMLElement | null>, onMove: (from: number, to: number) => void): Drag {
  const [dragged, setDragged] = useState<number | null>(null);
  const handleOf = (index: number): object => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      setDragged(index);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (dragged !== index || list.current === null) return;
      const gap = indexAt(list.current, event.clientY);
      const target = gap > index ? gap - 1 : gap;
      if (target === index) return;
      onMove(index, target);
      setDragged(target);
    },
    onPointerUp: () => setDragged(null),
    onPointerCancel: () => setDragged(null),
    onLostPointerCapture: () => setDragged(null),
  });
  return { dragged, handleOf };
}
