import { useEffect, useState } from 'react';

/** Seconds until a deadline by the server's clock, counted down; null without one. */
export function useCountdown(deadline: string | null, skew: number): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (deadline === null) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [deadline]);
  return deadline === null ? null : Math.max(0, Math.ceil((Date.parse(deadline) - now - skew) / 1000));
}
