import { type EventSourceMessage, createParser } from 'eventsource-parser';

/** An event of an answer, as the server names them. */
export type AnswerEvent =
  | { readonly name: 'sources'; readonly data: { readonly blocks: Readonly<Record<string, string>> } }
  | { readonly name: 'delta'; readonly data: { readonly text: string } }
  | { readonly name: 'done'; readonly data: { readonly outcome: 'answered' | 'outside' | 'attempt'; readonly sample: boolean; readonly call_id: string | null } }
  | { readonly name: 'failed'; readonly data: { readonly code: string; readonly detail: string } };

/** The events of a streamed response, however it is cut into pieces. */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<AnswerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const waiting: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => waiting.push(event) });
  try {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- a stream is read in its order
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      for (const { event, data } of waiting.splice(0)) yield { name: event, data: JSON.parse(data) } as AnswerEvent;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
