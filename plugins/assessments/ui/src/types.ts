/** Something to choose, to order or to match. */
export interface Choice {
  readonly id: string;
  readonly text_html: string;
}

/** The kinds of item. */
export type ItemType = 'single' | 'multiple' | 'true_false' | 'numeric' | 'short_text' | 'ordering' | 'matching';

/** An item as a learner sees it. */
export interface Item {
  readonly id: string;
  readonly type: ItemType;
  readonly prompt_html: string;
  readonly points: number;
  readonly options?: readonly Choice[];
  readonly left?: readonly Choice[];
  readonly right?: readonly Choice[];
  readonly unit?: string;
}

/** A response to an item; which of the fields it has depends on the item's type. */
export interface Answer {
  readonly option_id?: string;
  readonly option_ids?: readonly string[];
  readonly value?: number;
  readonly text?: string;
  readonly pairs?: Readonly<Record<string, string>>;
}

/** How an item was answered. */
export interface Feedback {
  readonly correct: boolean;
  readonly score: number;
  readonly max_score: number;
  readonly message_html: string | null;
  readonly option_feedback: Readonly<Record<string, string>>;
  readonly explanation_html: string | null;
  readonly expected: Answer | null;
}

/** How an item of a submitted attempt was answered. */
export interface ItemResult extends Feedback {
  readonly item_id: string;
  readonly answered: boolean;
}

/** What a submitted attempt scored. */
export interface AttemptResult {
  readonly score: number;
  readonly max_score: number;
  readonly percent: number;
  readonly passed: boolean;
  readonly revealed: boolean;
  readonly attempts_left: number | null;
  readonly items: readonly ItemResult[];
}

/** A saved answer. */
export interface SavedAnswer {
  readonly response: Answer;
  readonly saved_at: string;
  readonly checked?: Feedback;
}

/** One run at an assessment. */
export interface Attempt {
  readonly id: string;
  readonly assessment_id: string;
  readonly number: number;
  readonly title: string;
  readonly status: 'open' | 'submitted';
  readonly started_at: string;
  readonly deadline_at: string | null;
  readonly submitted_at: string | null;
  readonly graded: boolean;
  readonly pass_percent: number;
  readonly feedback: 'immediate' | 'after';
  readonly items: readonly Item[];
  readonly answers: Readonly<Record<string, SavedAnswer>>;
  readonly result: AttemptResult | null;
  /** Milliseconds by which the server's clock is ahead of this one. */
  readonly skew: number;
}

/** An assessment's rules and the learner's attempts, newest first. */
export interface Summary {
  readonly assessment_id: string;
  readonly title: string;
  readonly graded: boolean;
  readonly pass_percent: number;
  readonly time_limit_seconds: number | null;
  readonly max_attempts: number | null;
  readonly attempts_left: number | null;
  readonly feedback: 'immediate' | 'after';
  readonly item_count: number;
  readonly max_score: number;
  readonly passed: boolean;
  readonly best_percent: number | null;
  readonly open_attempt_id: string | null;
  readonly attempts: readonly { readonly id: string; readonly status: 'open' | 'submitted' }[];
}

/** The block's data in a lesson. */
export interface QuizData {
  readonly assessment_id: string;
  readonly title: string;
  readonly graded: boolean;
  readonly pass_percent: number;
  readonly time_limit_seconds: number | null;
  readonly item_count: number;
  readonly max_score: number;
  readonly max_attempts: number | null;
  readonly feedback: 'immediate' | 'after';
}
