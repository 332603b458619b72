/** Activity of one day in the learner's time zone. */
export interface ActivityDay {
  /** `2026-01-31`. */
  readonly date: string;
  readonly count: number;
}

/** A date without a time, at noon UTC, so that no time zone moves it to another day. */
export function noon(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}

/** Puts the days into weeks that begin on Monday; the first week is filled up with null. */
export function toWeeks(days: readonly ActivityDay[]): readonly (readonly (ActivityDay | null)[])[] {
  const [first] = days;
  if (first === undefined) return [];
  const missing = (noon(first.date).getUTCDay() + 6) % 7;
  const padded: (ActivityDay | null)[] = [...Array.from({ length: missing }, () => null), ...days];
  return Array.from({ length: Math.ceil(padded.length / 7) }, (_, week) => padded.slice(week * 7, week * 7 + 7));
}
