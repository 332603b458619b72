/** A question and what came of it. */
export interface Exchange {
  readonly id: number;
  readonly question: string;
  readonly text: string;
  readonly blocks: Readonly<Record<string, string>>;
  readonly status: 'writing' | 'answered' | 'outside' | 'attempt' | 'failed' | 'stopped';
  readonly code?: string;
  readonly detail?: string;
  readonly sample?: boolean;
  readonly callId?: string | null;
}

/** A piece of an answer: its words, or a source by its number. */
export type Piece = { readonly text: string } | { readonly number: number; readonly block: string };

/** An answer's words and sources; sources are numbered in the order in which they first come. */
export function piecesOf({ text, blocks }: Pick<Exchange, 'text' | 'blocks'>): readonly Piece[] {
  const numbers = new Map<string, number>();
  return text.split(/\s?\[(b\d+)\]/u).flatMap((part, index): readonly Piece[] => {
    if (index % 2 === 0) return part === '' ? [] : [{ text: part }];
    const block = blocks[part];
    if (block === undefined) return [];
    if (!numbers.has(block)) numbers.set(block, numbers.size + 1);
    return [{ number: numbers.get(block) ?? 0, block }];
  });
}

/** An answer without its marks, as it is read out. */
export function plainText(text: string): string {
  return text.replaceAll(/\s?\[b\d+\]/gu, '');
}

/** What the server is told of the conversation so far. */
export function turnsOf(exchanges: readonly Exchange[]): readonly { role: 'user' | 'assistant'; content: string }[] {
  return exchanges
    .filter(({ status, text }) => status === 'answered' && text !== '')
    .slice(-6)
    .flatMap(({ question, text }) => [
      { role: 'user' as const, content: question },
      { role: 'assistant' as const, content: text.slice(0, 6000) },
    ]);
}
