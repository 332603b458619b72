import { type EventSourceMessage, createParser } from 'eventsource-parser';
import type { Output } from './types.ts';

/** An event of a tool's answer, as the server names them. */
export type RunEvent =
  | { readonly name: 'text'; readonly data: { readonly text: string } }
  | { readonly name: 'output'; readonly data: Output }
  | { readonly name: 'problem'; readonly data: { readonly status: number; readonly code: string; readonly title: string; readonly detail: string } };

/** The events of a streamed response, however it is cut into pieces. */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<RunEvent> {
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
      for (const { event, data } of waiting.splice(0)) yield { name: event, data: JSON.parse(data) } as RunEvent;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
