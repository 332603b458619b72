import { useFormat } from '@questline/ui-sdk';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useReducedMotion } from '../theme/motion.ts';

const LENGTH = 700;

/** A number that runs from its last value to its new one; at once for those who want no motion. */
export function CountUp({ value }: { readonly value: number }): ReactNode {
  const format = useFormat();
  const still = useReducedMotion();
  const [shown, setShown] = useState(value);
  const from = useRef(value);
  useEffect(() => {
    const start = from.current;
    from.current = value;
    if (still || start === value) {
      setShown(value);
      return undefined;
    }
    const began = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const share = Math.min(1, (now - began) / LENGTH);
      setShown(Math.round(start + (value - start) * (1 - (1 - share) ** 3)));
      if (share < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [value, still]);
  return <span style={{ fontVariantNumeric: 'tabular-nums' }}>{format.number(shown)}</span>;
}
