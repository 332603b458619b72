import { type EventSourceMessage, createParser } from 'eventsource-parser';
import type { LiveHandler, LiveStream } from '@questline/ui-sdk/host';

/** How the stream reaches the server and what it tells the application. */
export interface LiveOptions {
  /** Opens the stream; called again after each loss. */
  readonly open: (signal: AbortSignal) => Promise<Response>;
  /** Called when the stream is back after a loss: messages may have been missed. */
  readonly onReconnect: () => void;
  /** Waits before the next try; replaced in tests. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
/** Core pings every 15 s, so a stream that is silent for longer is dead. */
const SILENCE_LIMIT = 40_000;

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      globalThis.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    globalThis.addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}

function parsePayload(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

/** The tab's stream of live messages over `fetch`, which unlike `EventSource` can send the access token. */
export class LiveConnection implements LiveStream {
  readonly #handlers = new Map<string, Set<LiveHandler>>();
  readonly #options: LiveOptions;
  #abort: AbortController | null = null;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  subscribe = (topic: string, handler: LiveHandler): (() => void) => {
    const handlers = this.#handlers.get(topic) ?? new Set();
    handlers.add(handler);
    this.#handlers.set(topic, handlers);
    return () => void handlers.delete(handler);
  };

  /** Connects, and stays connected until `stop`. */
  start(): void {
    if (this.#abort !== null) return;
    this.#abort = new AbortController();
    void this.#run(this.#abort.signal);
  }

  /** Ends the connection. */
  stop(): void {
    this.#abort?.abort();
    this.#abort = null;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const wait = this.#options.wait ?? pause;
    let failures = 0;
    let connections = 0;
    while (!signal.aborted) {
      try {
        const response = await this.#options.open(signal);
        if (response.status === 401 || response.status === 403) return;
        if (!response.ok || response.body === null) throw new Error(`live stream: ${response.status}`);
        failures = 0;
        connections += 1;
        if (connections > 1) this.#options.onReconnect();
        await this.#read(response.body, signal);
      } catch {
        failures += 1;
      }
      if (signal.aborted) return;
      const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures);
      await wait(longest / 2 + (Math.random() * longest) / 2, signal);
    }
  }

  async #read(body: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<void> {
    const parser = createParser({ onEvent: (message) => this.#deliver(message) });
    const decoder = new TextDecoder();
    const reader = body.getReader();
    let silence: ReturnType<typeof setTimeout> | undefined;
    const cancel = (): void => void reader.cancel().catch(() => undefined);
    signal.addEventListener('abort', cancel);
    try {
      for (;;) {
        clearTimeout(silence);
        silence = setTimeout(cancel, SILENCE_LIMIT);
        const { done, value } = await reader.read();
        if (done) return;
        parser.feed(decoder.decode(value, { stream: true }));
      }
    } finally {
      clearTimeout(silence);
      signal.removeEventListener('abort', cancel);
    }
  }

  #deliver(message: EventSourceMessage): void {
    const payload = parsePayload(message.data);
    for (const handler of this.#handlers.get(message.event ?? 'message') ?? []) {
      try {
        handler(payload);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
