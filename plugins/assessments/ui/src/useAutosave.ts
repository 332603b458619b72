import { isApiProblem } from '@questline/ui-sdk';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useAssessmentsSaveAnswerMutation } from './api.ts';
import type { Answer } from './types.ts';

/** Whether what the learner entered is with the server; `idle` before anything was entered. */
export type SaveState = 'idle' | 'saved' | 'saving' | 'waiting';

interface Autosave {
  readonly state: SaveState;
  /** Saves a response after a pause, so that typing is one request. */
  readonly save: (itemId: string, response: Answer, pause?: number) => void;
  /** Saves at once what is not saved yet; false where the server could not be reached or refused. */
  readonly flush: () => Promise<boolean>;
}

const RETRY = 4000;

/** Says whether a request may succeed when it is sent again. */
function isTemporary(error: unknown): boolean {
  return !isApiProblem(error) || error.status === 0 || error.status === 429 || error.status >= 500;
}

/** Saves the answers of an attempt one after the other and keeps trying while the server is away. */
export function useAutosave(attemptId: string, onRefused: () => void): Autosave {
  const [state, setState] = useState<SaveState>('idle');
  const [saveAnswer] = useAssessmentsSaveAnswerMutation();
  const pending = useRef(new Map<string, Answer>());
  const running = useRef<Promise<boolean> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const refused = useRef(onRefused);
  useEffect(() => {
    refused.current = onRefused;
  });

  const send = useCallback(async (): Promise<boolean> => {
    for (;;) {
      const next = pending.current.entries().next();
      if (next.done === true) break;
      const [itemId, response] = next.value;
      setState((before) => (before === 'waiting' ? before : 'saving'));
      const { error } = await saveAnswer({ attemptId, itemId, response });
      if (error !== undefined && isTemporary(error)) {
        setState('waiting');
        return false;
      }
      if (pending.current.get(itemId) === response) pending.current.delete(itemId);
      if (error !== undefined) {
        setState('saved');
        refused.current();
        return false;
      }
    }
    setState((before) => (before === 'idle' ? before : 'saved'));
    return true;
  }, [attemptId, saveAnswer]);

  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    if (running.current !== null) await running.current;
    running.current = send();
    const done = await running.current;
    running.current = null;
    return done;
  }, [send]);

  const save = useCallback(
    (itemId: string, response: Answer, pause = 0) => {
      pending.current.set(itemId, response);
      setState((before) => (before === 'waiting' ? before : 'saving'));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), pause);
    },
    [flush],
  );

  useEffect(() => {
    if (state !== 'waiting') return undefined;
    const retry = setInterval(() => void flush(), RETRY);
    return () => clearInterval(retry);
  }, [state, flush]);

  useEffect(() => {
    const again = (): void => {
      if (pending.current.size > 0) void flush();
    };
    globalThis.addEventListener('online', again);
    globalThis.addEventListener('pagehide', again);
    return () => {
      globalThis.removeEventListener('online', again);
      globalThis.removeEventListener('pagehide', again);
      again();
      clearTimeout(timer.current);
    };
  }, [flush]);

  return { state, save, flush };
}
