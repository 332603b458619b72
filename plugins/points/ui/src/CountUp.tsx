import { useFormat } from '@questline/ui-sdk';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useStill } from './motion.ts';

const MILLISECONDS = 800;

/** A number that runs from its last value to its new one; at once for those who want no motion. */
export function CountUp({ value }: { readonly value: number }): ReactNode {
  const format = useFormat();
  const still = useStill();
  const [shown, setShown] = useState(value);
  const last = useRef(value);
  useEffect(() => {
    const from = last.current;
    last.current = value;
    if (still || from === value) {
      setShown(value);
      return undefined;
    }
    const began = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const share = Math.min(1, Math.max(0, (now - began) / MILLISECONDS));
      setShown(Math.round(from + (value - from) * (1 - (1 - share) ** 3)));
      if (share < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [value, still]);
  return <span style={{ fontVariantNumeric: 'tabular-nums' }}>{format.number(shown)}</span>;
}
