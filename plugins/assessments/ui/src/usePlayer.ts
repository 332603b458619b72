import { type RefObject, useEffect, useRef, useState } from 'react';
import { choose, isAnswered } from './answers.ts';
import type { Attempt, Item } from './types.ts';
import type { Answers } from './useAnswers.ts';
import { useQuizKeys } from './useQuizKeys.ts';

/** What the main button does with the item on the screen. */
export type Step = 'check' | 'next';

interface Player {
  /** Index of the item on the screen; null on the review. */
  readonly index: number | null;
  readonly item: Item | undefined;
  readonly step: Step;
  /** Whether the main button may be pressed. */
  readonly ready: boolean;
  readonly go: (index: number | null) => void;
  readonly advance: () => void;
}

function firstOpen(attempt: Attempt): number | null {
  const index = attempt.items.findIndex(({ id }) => {
    const answer = attempt.answers[id];
    return attempt.feedback === 'immediate' ? answer?.checked === undefined : answer === undefined;
  });
  return index === -1 ? null : index;
}

interface PlayerOptions {
  /** Element to move the focus to when another item comes. */
  readonly heading: RefObject<HTMLElement | null>;
  /** Whether the learner has just pressed a button for it, so that the focus goes to the first item, too. */
  readonly entered: boolean;
}

/** Walks through the items of an attempt, beginning with the first that is open. */
export function usePlayer(attempt: Attempt, answers: Answers, { heading, entered }: PlayerOptions): Player {
  const [index, setIndex] = useState(() => firstOpen(attempt));
  const shown = useRef(entered ? undefined : index);
  const item = index === null ? undefined : attempt.items[index];
  const checked = item !== undefined && answers.feedbackOf(item) !== undefined;
  const step: Step = attempt.feedback === 'immediate' && !checked ? 'check' : 'next';
  const answered = item !== undefined && (item.type === 'ordering' || isAnswered(answers.answerOf(item)));
  const ready = step === 'next' || answered;

  const go = (to: number | null): void => {
    setIndex(to !== null && to >= attempt.items.length ? null : to);
  };
  const advance = (): void => {
    if (item === undefined || index === null || !ready || answers.checking) return;
    if (step === 'check') {
      void answers.check(item);
      return;
    }
    if (!checked) answers.confirm(item);
    go(index + 1);
  };
  useEffect(() => {
    if (shown.current === index) return;
    shown.current = index;
    heading.current?.focus();
  }, [heading, index]);
  useQuizKeys({
    onDigit: (digit) => {
      const option = item?.type === 'ordering' ? undefined : item?.options?.[digit - 1];
      if (item !== undefined && option !== undefined && !checked) {
        answers.answer(item, choose(item, answers.answerOf(item), option.id));
      }
    },
    onEnter: advance,
  });
  return { index, item, step, ready, go, advance };
}
