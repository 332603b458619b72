import type { Answer, Feedback, Item } from '../types.ts';

/** What the input of every type of item is given. */
export interface InputProps {
  readonly item: Item;
  readonly answer: Answer | undefined;
  readonly feedback: Feedback | undefined;
  readonly disabled: boolean;
  /** Id of the element with the question. */
  readonly labelId: string;
  readonly onAnswer: (answer: Answer) => void;
}
