import { useEffect, useEffectEvent } from 'react';
import { useNavigate } from 'react-router';

interface Shortcuts {
  readonly next: string | null | undefined;
  readonly previous: string | null | undefined;
  readonly onHelp: () => void;
}

const WRITES =
  'input, textarea, select, [contenteditable="true"], [role="radiogroup"], [role="listbox"], [role="dialog"]';

function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  return event.target instanceof Element && event.target.closest(WRITES) !== null;
}

/** The player's keys: n and p move between lessons, ? explains them. */
export function useShortcuts({ next, previous, onHelp }: Shortcuts): void {
  const navigate = useNavigate();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isTaken(event)) return;
    if (event.key === 'n' && next) void navigate(`/lessons/${next}`);
    if (event.key === 'p' && previous) void navigate(`/lessons/${previous}`);
    if (event.key === '?') onHelp();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    globalThis.addEventListener('keydown', listener);
    return () => globalThis.removeEventListener('keydown', listener);
  }, []);
}
