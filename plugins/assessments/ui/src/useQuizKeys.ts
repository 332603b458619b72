import { useEffect, useEffectEvent } from 'react';

interface QuizKeys {
  /** A digit from 1 to 9 was pressed. */
  readonly onDigit: (digit: number) => void;
  readonly onEnter: () => void;
}

const WRITES = 'input:not([type="radio"]):not([type="checkbox"]), textarea, select, [role="dialog"]';
const PRESSES = 'button, a, select, summary, textarea, [role="dialog"]';

function isIn(event: KeyboardEvent, selector: string): boolean {
  return event.target instanceof Element && event.target.closest(selector) !== null;
}

/** The quiz's keys: digits choose, Enter checks or goes on. */
export function useQuizKeys({ onDigit, onEnter }: QuizKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (/^[1-9]$/u.test(event.key) && !isIn(event, WRITES)) onDigit(Number(event.key));
    if (event.key === 'Enter' && !isIn(event, PRESSES)) {
      event.preventDefault();
      onEnter();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    globalThis.addEventListener('keydown', listener);
    return () => globalThis.removeEventListener('keydown', listener);
  }, []);
}
