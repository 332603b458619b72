import { useEffect } from 'react';
import type { Action } from './draft.ts';

const TYPING = 'input:not([type=color], [type=range]), textarea, [contenteditable]';

/** Undo and redo by keyboard, except where the browser's own undo of typed text is meant. */
export function useUndoKeys(dispatch: (action: Action) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      if (event.target instanceof Element && event.target.matches(TYPING)) return;
      event.preventDefault();
      dispatch({ type: event.shiftKey ? 'redo' : 'undo' });
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [dispatch]);
}
