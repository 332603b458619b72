import type { Answer, Feedback, Item } from './types.ts';
import type { Mark } from './look.ts';

/** Says whether a response says anything. */
export function isAnswered(answer: Answer | undefined): boolean {
  if (answer === undefined) return false;
  if (answer.option_ids !== undefined) return answer.option_ids.length > 0;
  if (answer.pairs !== undefined) return Object.keys(answer.pairs).length > 0;
  if (answer.text !== undefined) return answer.text.trim() !== '';
  return answer.option_id !== undefined || answer.value !== undefined;
}

/** What an item that needs nothing done counts as: the order as it stands. */
export function asItStands(item: Item): Answer | undefined {
  return item.type === 'ordering' ? { option_ids: (item.options ?? []).map(({ id }) => id) } : undefined;
}

/** The mark of an answer. */
export function markOf(feedback: Feedback): Mark {
  if (feedback.correct) return 'right';
  return feedback.score > 0 ? 'partly' : 'wrong';
}

/** The options that a response names. */
export function chosenIds(answer: Answer | undefined | null): readonly string[] {
  if (answer?.option_ids !== undefined) return answer.option_ids;
  return answer?.option_id === undefined ? [] : [answer.option_id];
}

/** A response after an option was chosen, or for `multiple` chosen or left out. */
export function choose(item: Item, answer: Answer | undefined, id: string): Answer {
  if (item.type !== 'multiple') return { option_id: id };
  const chosen = chosenIds(answer);
  return { option_ids: chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id] };
}

/** A list with one of its things moved. */
export function move<Thing>(things: readonly Thing[], from: number, to: number): Thing[] {
  const moved = [...things];
  moved.splice(to, 0, ...moved.splice(from, 1));
  return moved;
}

/** The text of HTML, for places that take text only. */
export function plainText(html: string): string {
  return new DOMParser().parseFromString(html, 'text/html').body.textContent.trim();
}

/** Reads a number as people of a language write it: "1,200.5" or "1.200,5"; NaN for what is none. */
export function parseNumber(text: string, language: string): number {
  const decimal = new Intl.NumberFormat(language).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  const thousands = decimal === ',' ? '.' : ',';
  let plain = text.replaceAll(/[\s'’]/gu, '').replace('−', '-').replace(/[%€$£]$/u, '');
  const grouped = new RegExp(`^[-+]?\\d{1,3}([${thousands}]\\d{3})+([${decimal}]\\d*)?$`, 'u');
  if (grouped.test(plain)) plain = plain.replaceAll(thousands, '');
  plain = plain.replace(',', '.');
  return /^[-+]?(\d+\.?\d*|\.\d+)$/u.test(plain) ? Number(plain) : Number.NaN;
}
