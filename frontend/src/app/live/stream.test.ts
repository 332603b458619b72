import { afterEach, expect, test, vi } from 'vitest';
import { LiveConnection } from './stream.ts';

const encoder = new TextEncoder();

function answer(...parts: readonly string[]): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(encoder.encode(part));
      controller.close();
    },
  });
  return new Response(body);
}

let connection: LiveConnection | undefined;

afterEach(() => connection?.stop());

test('messages reach the handlers of their topic, also when they arrive in pieces', async () => {
  const received: unknown[] = [];
  const done = Promise.withResolvers<void>();
  connection = new LiveConnection({
    open: async () => answer(': ping\n\nevent: points.awar', 'ded\ndata: {"amount": 5}\n\n', 'event: other\ndata: 1\n\n'),
    onReconnect: () => undefined,
    wait: () => {
      done.resolve();
      return new Promise(() => undefined);
    },
  });
  connection.subscribe('points.awarded', (payload) => received.push(payload));
  connection.start();
  await done.promise;
  expect(received).toEqual([{ amount: 5 }]);
});

test('after a loss it connects again, waits longer each time it fails, and reports that messages may be missing', async () => {
  const waits: number[] = [];
  const reconnected = Promise.withResolvers<void>();
  const outcomes = [() => answer(), () => new Response('', { status: 503 }), () => new Response('', { status: 503 })];
  vi.spyOn(Math, 'random').mockReturnValue(1);
  connection = new LiveConnection({
    open: async () => (outcomes.shift() ?? (() => answer()))(),
    onReconnect: reconnected.resolve,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
  });
  connection.start();
  await reconnected.promise;
  expect(waits).toEqual([500, 1000, 2000]);
  vi.restoreAllMocks();
});

test('a handler that throws does not keep the message from the others', async () => {
  const received: unknown[] = [];
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const done = Promise.withResolvers<void>();
  connection = new LiveConnection({
    open: async () => answer('event: a\ndata: 1\n\n'),
    onReconnect: () => undefined,
    wait: () => {
      done.resolve();
      return new Promise(() => undefined);
    },
  });
  connection.subscribe('a', () => {
    throw new RangeError('no');
  });
  connection.subscribe('a', (payload) => received.push(payload));
  connection.start();
  await done.promise;
  expect(received).toEqual([1]);
  expect(reported).toHaveBeenCalledOnce();
  vi.unstubAllGlobals();
});

test('a refused stream is not asked for again', async () => {
  const open = vi.fn(async () => new Response('', { status: 401 }));
  connection = new LiveConnection({ open, onReconnect: () => undefined, wait: async () => undefined });
  connection.start();
  await vi.waitFor(() => expect(open).toHaveBeenCalledOnce());
  await Promise.resolve();
  expect(open).toHaveBeenCalledOnce();
});
