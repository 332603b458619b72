/** One check of a text, with what it found. */
export interface CheckResult {
  readonly check: 'min_words' | 'max_words' | 'max_sentence_words' | 'keywords' | 'banned' | 'call_to_action' | 'reading_ease' | 'tone';
  readonly passed: boolean;
  readonly found: number | null;
  readonly wanted: number | null;
  readonly evidence: readonly string[];
  /** Nothing could be found, so it does not count; absent in results from before this was known. */
  readonly skipped?: boolean;
}

/** How a duel ended. */
export interface DuelResult {
  readonly correct: boolean;
  readonly winner: 'a' | 'b';
  readonly result: string;
  readonly reason: string;
}

/** A learner's objection to a score; `score`, `comment` and `decided_at` are null until it is decided. */
export interface Appeal {
  readonly reason: string;
  readonly appealed_at: string;
  readonly graded: number;
  readonly score: number | null;
  readonly comment: string | null;
  readonly decided_at: string | null;
}

/** An answer with its evidence, and the score that counts. */
export interface Answer<Result> {
  readonly id: string;
  readonly number: number;
  readonly text: string;
  readonly score: number;
  readonly result: Result;
  readonly answered_at: string;
  readonly appeal: Appeal | null;
}

/** A revision of a text with its checks. */
export type Revision = Answer<{ readonly checks: readonly CheckResult[] }>;

/** A text to improve, as the lesson holds it. */
export interface CritiqueData {
  readonly exercise_id: string;
  readonly title: string;
  readonly brief_html: string;
  readonly copy: string;
}

/** Two headlines, as the lesson holds them. */
export interface DuelData {
  readonly exercise_id: string;
  readonly title: string;
  readonly brief_html: string;
  readonly a: string;
  readonly b: string;
}

/** How well a prompt fits a criterion, with the learner's sentence that shows it. */
export interface Grade {
  readonly title: string;
  readonly hint: string;
  readonly level: number;
  readonly quote: string;
}

/** A prompt that was handed in, with what came of it. */
export type HandedIn = Answer<{
  readonly draft: number;
  readonly output_id: string;
  readonly checks: readonly CheckResult[];
  readonly criteria: readonly Grade[];
  readonly sample: boolean;
}>;

/** A tool that may be run now. */
export interface Tool {
  readonly provider: string;
  readonly model: string;
  readonly title: string;
  readonly sample: boolean;
}

/** What a tool wrote for a prompt. */
export interface Output extends Tool {
  readonly id: string;
  readonly text: string;
  readonly complete: boolean;
}

/** A prompt with what tools wrote for it. */
export interface Draft {
  readonly id: string;
  readonly number: number;
  readonly prompt: string;
  readonly written_at: string;
  readonly outputs: readonly Output[];
}

/** A prompt exercise as its learner works on it, the newest first. */
export interface Workshop {
  readonly tools: readonly Tool[];
  readonly drafts: readonly Draft[];
  readonly answers: readonly HandedIn[];
}

/** A task for a prompt, as the lesson holds it. */
export interface PromptData {
  readonly exercise_id: string;
  readonly title: string;
  readonly brief_html: string;
  readonly brand_voice: string;
  readonly constraints: readonly string[];
  readonly criteria: readonly { readonly title: string; readonly hint: string }[];
}
