import { useNotify, useProblemMessage } from '@questline/ui-sdk';
import { useCallback } from 'react';

interface Answer {
  readonly data?: unknown;
  readonly error?: unknown;
}

/** Says how a change went; returns whether it was made. An answer without anything is a question that was left. */
export function useTell(): (answer: Answer, done: string) => boolean {
  const notify = useNotify();
  const message = useProblemMessage();
  return useCallback(
    (answer, done) => {
      if (answer.error !== undefined) notify({ message: message(answer.error), severity: 'error' });
      else if ('data' in answer) notify({ message: done, severity: 'success' });
      return answer.error === undefined && 'data' in answer;
    },
    [notify, message],
  );
}
