import { type RefObject, useEffect, useState } from 'react';

/** Says whether an element has come near the screen yet. */
export function useVisible(element: RefObject<Element | null>): boolean {
  const [visible, setVisible] = useState(typeof IntersectionObserver === 'undefined');
  useEffect(() => {
    if (visible || element.current === null) return undefined;
    const observer = new IntersectionObserver((entries) => setVisible(entries.some((entry) => entry.isIntersecting)), { rootMargin: '300px' });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, visible]);
  return visible;
}
