import { authorizedFetch } from '@questline/ui-sdk';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assistantPath } from './api.ts';
import { type AnswerEvent, eventsOf } from './events.ts';
import { type Exchange, turnsOf } from './exchange.ts';

type Change = Partial<Exchange>;

/** What an event changes in the answer it belongs to. */
function changeOf(event: AnswerEvent, before: Exchange): Change {
  switch (event.name) {
    case 'sources':
      return { blocks: event.data.blocks };
    case 'delta':
      return { text: before.text + event.data.text };
    case 'done':
      return { status: event.data.outcome, sample: event.data.sample, callId: event.data.call_id };
    case 'failed':
      return { status: 'failed', code: event.data.code, detail: event.data.detail };
    default:
      return {};
  }
}

async function problemOf(response: Response): Promise<Change> {
  const problem = (await response.json().catch(() => ({}))) as { readonly code?: string; readonly detail?: string };
  return { status: 'failed', code: problem.code ?? 'broken', detail: problem.detail ?? '' };
}

interface Conversation {
  readonly exchanges: readonly Exchange[];
  readonly writing: boolean;
  readonly ask: (question: string) => Promise<void>;
  readonly stop: () => void;
}

/** A conversation about a lesson, kept as long as the lesson is open. */
export function useConversation(lessonId: string): Conversation {
  const { i18n } = useTranslation('ai');
  const [exchanges, setExchanges] = useState<readonly Exchange[]>([]);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const ask = async (question: string): Promise<void> => {
    const id = exchanges.length;
    const change = (of: (before: Exchange) => Change): void =>
      setExchanges((all) => all.map((each) => (each.id === id ? { ...each, ...of(each) } : each)));
    const abort = new AbortController();
    running.current = abort;
    setExchanges((all) => [...all, { id, question, text: '', blocks: {}, status: 'writing' }]);
    const locale = i18n.language.startsWith('de') ? 'de' : 'en';
    try {
      const response = await authorizedFetch(assistantPath(lessonId), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ question, turns: turnsOf(exchanges), locale }),
        signal: abort.signal,
      });
      if (!response.ok || response.body === null) {
        const problem = await problemOf(response);
        change(() => problem);
        return;
      }
      for await (const event of eventsOf(response.body)) change((before) => changeOf(event, before));
      change(({ status }) => (status === 'writing' ? { status: 'failed', code: 'broken' } : {}));
    } catch {
      change(() => (abort.signal.aborted ? { status: 'stopped' } : { status: 'failed', code: 'broken' }));
    }
  };
  return { exchanges, writing: exchanges.at(-1)?.status === 'writing', ask, stop: () => running.current?.abort() };
}
