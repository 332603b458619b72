import { useCallback, useState } from 'react';
import { useAssessmentsCheckAnswerMutation } from './api.ts';
import { asItStands, isAnswered } from './answers.ts';
import type { Answer, Attempt, Feedback, Item } from './types.ts';
import { type SaveState, useAutosave } from './useAutosave.ts';

const TYPING_PAUSE = 600;

/** What a learner has answered in an open attempt, and how it is changed. */
export interface Answers {
  readonly saveState: SaveState;
  /** What went wrong with the last check. */
  readonly error: unknown;
  readonly checking: boolean;
  answerOf(item: Item): Answer | undefined;
  feedbackOf(item: Item): Feedback | undefined;
  answer(item: Item, response: Answer): void;
  /** Takes an order that was left as it is for the answer. */
  confirm(item: Item): void;
  check(item: Item): Promise<boolean>;
  flush(): Promise<boolean>;
}

/** Keeps the answers of an attempt here and with the server. */
export function useAnswers(attempt: Attempt, onRefused: () => void): Answers {
  const [own, setOwn] = useState<Readonly<Record<string, Answer>>>({});
  const { state, save, flush } = useAutosave(attempt.id, onRefused);
  const [checkAnswer, { error, isLoading }] = useAssessmentsCheckAnswerMutation();
  const answerOf = (item: Item): Answer | undefined => own[item.id] ?? attempt.answers[item.id]?.response;
  const answer = useCallback(
    (item: Item, response: Answer) => {
      setOwn((before) => ({ ...before, [item.id]: response }));
      save(item.id, response, response.text === undefined && response.value === undefined ? 0 : TYPING_PAUSE);
    },
    [save],
  );
  const confirm = (item: Item): void => {
    const response = asItStands(item);
    if (response !== undefined && !isAnswered(answerOf(item))) answer(item, response);
  };
  const check = async (item: Item): Promise<boolean> => {
    confirm(item);
    if (!(await flush())) return false;
    const checked = await checkAnswer({ attemptId: attempt.id, itemId: item.id });
    if (checked.error !== undefined) onRefused();
    return checked.error === undefined;
  };
  return {
    saveState: state,
    error,
    checking: isLoading,
    answerOf,
    feedbackOf: (item) => attempt.answers[item.id]?.checked,
    answer,
    confirm,
    check,
    flush,
  };
}
