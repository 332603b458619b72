import { authorizedFetch } from '@questline/ui-sdk';
import { useEffect, useRef, useState } from 'react';
import { outputsPath } from './api.ts';
import { eventsOf } from './events.ts';
import type { Draft, Tool } from './types.ts';

/** A tool at work on a prompt, or what became of it. */
export interface Run {
  readonly draft: Pick<Draft, 'id' | 'number'>;
  readonly tool: Tool;
  readonly text: string;
  readonly status: 'writing' | 'written' | 'stopped' | 'failed';
  readonly code?: string;
  readonly detail?: string;
}

interface Runs {
  readonly runs: readonly Run[];
  readonly writing: boolean;
  /** Run tools with a prompt, side by side; done when all of them are. */
  readonly start: (draft: Pick<Draft, 'id' | 'number'>, tools: readonly Tool[]) => Promise<void>;
  readonly stop: () => void;
}

/** What tells two tools apart. */
export const keyOf = ({ provider, model }: Pick<Tool, 'provider' | 'model'>): string => `${provider}/${model}`;

/** The tools that are at work, as their words come in. */
export function useRuns(locale: 'en' | 'de', onWritten: () => void): Runs {
  const [runs, setRuns] = useState<readonly Run[]>([]);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const one = async (draft: Run['draft'], tool: Tool, signal: AbortSignal): Promise<void> => {
    const change = (of: (before: Run) => Partial<Run>): void =>
      setRuns((all) => all.map((each) => (keyOf(each.tool) === keyOf(tool) && each.draft.id === draft.id ? { ...each, ...of(each) } : each)));
    try {
      const response = await authorizedFetch(outputsPath(draft.id), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ provider: tool.provider, model: tool.model, locale }),
        signal,
      });
      if (!response.ok || response.body === null) {
        const problem = (await response.json().catch(() => ({}))) as { readonly code?: string; readonly detail?: string };
        change(() => ({ status: 'failed', code: problem.code, detail: problem.detail }));
        return;
      }
      for await (const { name, data } of eventsOf(response.body)) {
        if (name === 'text') change(({ text }) => ({ text: text + data.text }));
        else if (name === 'output') change(() => ({ status: 'written', text: data.text }));
        else change(() => ({ status: 'failed', code: data.code, detail: data.detail }));
      }
      change(({ status }) => (status === 'writing' ? { status: 'failed' } : {}));
      onWritten();
    } catch {
      change(() => ({ status: signal.aborted ? 'stopped' : 'failed' }));
    }
  };
  const start = async (draft: Run['draft'], tools: readonly Tool[]): Promise<void> => {
    const abort = new AbortController();
    running.current = abort;
    setRuns(tools.map((tool) => ({ draft, tool, text: '', status: 'writing' })));
    await Promise.all(tools.map((tool) => one(draft, tool, abort.signal)));
  };
  return { runs, writing: runs.some(({ status }) => status === 'writing'), start, stop: () => running.current?.abort() };
}
