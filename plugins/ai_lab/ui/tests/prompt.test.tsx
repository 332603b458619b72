import { renderInHost } from '@questline/ui-sdk/testing';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import contributions from '../contributions.ts';
import definition from '../src/index.tsx';
import { PromptBlock } from '../src/PromptBlock.tsx';
import type { Draft, HandedIn, Output, Tool, Workshop } from '../src/types.ts';

const plugin = { manifest: { id: 'ai_lab', contributions }, definition };
const LIST = '/api/v1/p/ai_lab/exercises/e/drafts';
const frame = { lesson: { id: 'l', slug: 'l', title: 'L', kind: 'lesson', status: 'started', course: { id: 'c', slug: 'c', title: 'C' } }, onProgress: () => undefined } as const;
const block = {
  id: 'b',
  type: 'ai_lab.prompt',
  data: {
    exercise_id: 'e',
    title: 'Brief a tool',
    brief_html: '<p>A subject line.</p>',
    brand_voice: 'Warm, never loud.',
    constraints: ['At most nine words', 'No exclamation mark'],
    criteria: [{ title: 'Audience', hint: 'Say who reads it.' }],
  },
};
const one: Tool = { provider: 'p', model: 'one', title: 'Tool one', sample: false };
const two: Tool = { provider: 'p', model: 'two', title: 'Tool two', sample: false };

function output(tool: Tool, text: string): Output {
  return { ...tool, id: `o-${tool.model}-${text}`, text, complete: true };
}

function draft(number: number, prompt: string, outputs: readonly Output[]): Draft {
  return { id: `d${number}`, number, prompt, written_at: '2026-01-05T10:00:00Z', outputs };
}

function stream(...events: readonly (readonly [string, unknown])[]): Response {
  return new Response(events.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join(''), { headers: { 'content-type': 'text/event-stream' } });
}

function graded(output_id: string): HandedIn {
  return {
    id: 'a1',
    number: 1,
    text: 'For parents.',
    score: 75,
    answered_at: '2026-01-05T10:00:00Z', appeal: null,
    result: { draft: 1, output_id, checks: [], sample: false, criteria: [{ title: 'Audience', hint: 'Say who reads it.', level: 3, quote: 'For parents' }] },
  };
}

test('a prompt runs with two tools side by side, and one text is handed in and graded', async () => {
  let workshop: Workshop = { tools: [one, two], drafts: [], answers: [] };
  const made = draft(1, 'For parents.', []);
  const written = [output(one, 'Calm tea.'), output(two, 'Night tea.')];
  const host = renderInHost(<PromptBlock block={block} {...frame} />, {
    plugin,
    answers: {
      [`GET ${LIST}`]: () => workshop,
      [`POST ${LIST}`]: () => {
        workshop = { ...workshop, drafts: [made] };
        return made;
      },
      'POST /api/v1/p/ai_lab/drafts/d1/outputs': (body: unknown) => {
        const mine = (body as Tool).model === 'one' ? written[0] : written[1];
        const outputs = [...(workshop.drafts[0]?.outputs ?? []), mine as Output];
        workshop = { ...workshop, drafts: [{ ...made, outputs }] };
        return stream(['text', { text: mine?.text }], ['output', mine]);
      },
      'POST /api/v1/p/ai_lab/drafts/d1/hand-in': () => {
        const answer = graded(written[0]?.id ?? '');
        workshop = { ...workshop, answers: [answer] };
        return answer;
      },
    },
  });
  await userEvent.type(await screen.findByRole('textbox', { name: 'Your prompt' }), 'For parents.');
  await userEvent.click(screen.getByRole('button', { name: 'Run my prompt' }));
  expect(await screen.findByRole('button', { name: 'Hand in this text: Tool one, prompt 1' })).toBeVisible();
  expect(await screen.findByRole('button', { name: 'Hand in this text: Tool two, prompt 1' })).toBeVisible();
  expect(screen.getByText('Calm tea.')).toBeVisible();
  expect(screen.getByText('Night tea.')).toBeVisible();
  expect(host.requests.filter(({ call }) => call.endsWith('/outputs'))).toHaveLength(2);
  expect(screen.getByRole('button', { name: 'Run my prompt' })).toBeDisabled();
  await userEvent.click(screen.getByRole('button', { name: 'Hand in this text: Tool one, prompt 1' }));
  expect(await screen.findByRole('heading', { name: 'Prompt 1, graded' })).toBeVisible();
  expect(screen.getByRole('img', { name: 'Level 3 of 4' })).toBeVisible();
  expect(screen.getByText('For parents')).toBeVisible();
  expect(screen.getByText('Handed in')).toBeVisible();
  expect(screen.getByRole('status')).toHaveTextContent('Your prompt is graded: 75 of 100.');
});

test('an earlier prompt is compared, and gone on from', async () => {
  const drafts = [draft(2, 'Shorter.', [output(one, 'New.')]), draft(1, 'Longer.', [output(one, 'Old.')])];
  renderInHost(<PromptBlock block={block} {...frame} />, { plugin, answers: { [`GET ${LIST}`]: { tools: [one], drafts, answers: [] } } });
  expect(await screen.findByText('New.')).toBeVisible();
  expect(screen.queryByText('Old.')).toBeNull();
  await userEvent.click(screen.getByText('2 prompts so far'));
  await userEvent.click(screen.getByRole('button', { name: 'Compare with prompt 1' }));
  expect(screen.getByText('Old.')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Go on from this one: prompt 1' }));
  expect(screen.getByRole('textbox', { name: 'Your prompt' })).toHaveValue('Longer.');
});

test('a tool that fails says why, and the other still answers', async () => {
  const made = draft(1, 'Hi', []);
  renderInHost(<PromptBlock block={block} {...frame} />, {
    plugin,
    answers: {
      [`GET ${LIST}`]: { tools: [one, two], drafts: [made], answers: [] },
      'POST /api/v1/p/ai_lab/drafts/d1/outputs': (body: unknown) =>
        (body as Tool).model === 'one'
          ? stream(['problem', { status: 402, code: 'ai_budget_exceeded', title: 'No', detail: 'No' }])
          : stream(['text', { text: 'Night ' }], ['output', output(two, 'Night tea.')]),
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Run my prompt' }));
  expect(await screen.findByText('There is no budget left for AI this month. Ask your instructor.')).toBeVisible();
  expect(await screen.findByText('Night tea.')).toBeVisible();
});

test('without a tool, it says so; the task stays', async () => {
  renderInHost(<PromptBlock block={block} {...frame} />, { plugin, language: 'de', answers: { [`GET ${LIST}`]: { tools: [], drafts: [], answers: [] } } });
  expect(await screen.findByText(/gibt es gerade kein KI-Werkzeug/u)).toBeVisible();
  expect(within(screen.getByRole('region', { name: 'Brief a tool' })).getByText('No exclamation mark')).toBeVisible();
});
