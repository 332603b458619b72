/** What can be drafted. */
export const KINDS = ['quiz_item', 'summary', 'alt_text', 'outline', 'translation'] as const;
export type Kind = (typeof KINDS)[number];

/** A lesson that texts can be drafted for. */
export interface LessonCard {
  readonly lesson_id: string;
  readonly title: string;
  readonly course_id: string;
  readonly course_title: string;
  readonly language: string;
  readonly pending: number;
}

/** A part of the difference between what stands there and what is suggested. */
export interface Piece {
  readonly op: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** A draft that waits for a decision, or had one. */
export interface Suggestion {
  readonly id: string;
  readonly kind: Kind;
  readonly locale: string;
  readonly diff: readonly Piece[];
  readonly content: Readonly<Record<string, unknown>>;
  readonly as_code: string;
  readonly source: { readonly block_id: string; readonly sentence: string } | null;
  readonly flags: readonly ('unsupported' | 'duplicate' | 'numbers')[];
  readonly duplicate_of: string | null;
  readonly cost_micros: number;
  readonly currency: string;
  readonly provider: string;
  readonly model: string;
  readonly sample: boolean;
  readonly status: 'pending' | 'accepted' | 'rejected';
  readonly created_at: string;
}

/** A lesson's suggestions. */
export interface LessonSuggestions {
  readonly lesson: LessonCard;
  readonly available: boolean;
  readonly pictures: number;
  readonly suggestions: readonly Suggestion[];
}

/** What AI is to draft. */
export interface Wanted {
  readonly kind: Kind;
  readonly count?: number;
  readonly locale?: string;
}
