import { renderInHost } from '@questline/ui-sdk/testing';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import contributions from '../contributions.ts';
import { piecesOf, plainText, turnsOf } from '../src/assistant/exchange.ts';
import { LessonAssistant } from '../src/assistant/LessonAssistant.tsx';
import definition from '../src/index.tsx';

const plugin = { manifest: { id: 'ai', contributions }, definition };
const PATH = '/api/v1/p/ai/assistant/l1';
const ready = { available: true, reason: null, sample: false };

function stream(...events: readonly (readonly [string, unknown])[]): Response {
  const text = events.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join('');
  return new Response(text, { headers: { 'content-type': 'text/event-stream' } });
}

async function ask(answer: Response, question = 'How hot?'): Promise<void> {
  renderInHost(<LessonAssistant courseId="c1" lessonId="l1" />, { plugin, answers: { [`GET ${PATH}`]: ready, [`POST ${PATH}`]: answer } });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Ask about this lesson' }));
  const field = await screen.findByRole('textbox', { name: 'Your question' });
  await waitFor(() => expect(field).toHaveFocus());
  await user.type(field, `${question}{Enter}`);
}

test('an answer comes with its sources and is read out as a whole', async () => {
  await ask(
    stream(
      ['sources', { blocks: { b1: 'x', b2: 'y' } }],
      ['delta', { text: 'At 80 degrees [b2].' }],
      ['delta', { text: ' Never more [b1].' }],
      ['done', { outcome: 'answered', sample: true, call_id: null }],
    ),
  );
  expect(await screen.findByRole('button', { name: 'Source 1: go to it in the lesson' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Source 2: go to it in the lesson' })).toBeVisible();
  expect(await screen.findByText('Answer: At 80 degrees. Never more.')).toBeInTheDocument();
  expect(screen.getByText('Sample answer')).toBeVisible();
});

test('what the lesson does not say is said to be so', async () => {
  await ask(stream(['sources', { blocks: {} }], ['done', { outcome: 'outside', sample: false, call_id: null }]));
  expect(await screen.findAllByText(/This lesson does not say/u)).not.toHaveLength(0);
});

test('during an attempt there is a word instead of an answer', async () => {
  await ask(Response.json({ code: 'ai_attempt_open', title: 'x', status: 409, detail: 'x' }, { status: 409 }));
  expect(await screen.findByText(/You have an open attempt at a quiz/u)).toBeVisible();
});

test('an answer that breaks off can be asked for again', async () => {
  await ask(stream(['sources', { blocks: {} }], ['delta', { text: 'At 80' }]));
  expect(await screen.findByRole('button', { name: 'Ask again' })).toBeVisible();
  expect(screen.getByText('The answer broke off. Ask again.')).toBeVisible();
});

test('Escape closes the panel and gives the focus back', async () => {
  await ask(stream(['sources', { blocks: {} }], ['done', { outcome: 'outside', sample: false, call_id: null }]));
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Lesson assistant' })).not.toBeInTheDocument());
  expect(screen.getByRole('button', { name: 'Ask about this lesson' })).toHaveFocus();
});

test('a site without AI and a lesson without text have no button', async () => {
  const { requests } = renderInHost(<LessonAssistant courseId="c1" lessonId="l1" />, {
    plugin,
    answers: { [`GET ${PATH}`]: { available: false, reason: 'no_provider', sample: false } },
  });
  await waitFor(() => expect(requests).toHaveLength(1));
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

test('sources are numbered as they first come, and marks without a block are left out', () => {
  const pieces = piecesOf({ text: 'A [b3] B [b1] C [b3] [b9].', blocks: { b1: 'x', b3: 'y' } });
  expect(pieces.filter((each) => 'number' in each).map((each) => each.number)).toEqual([1, 2, 1]);
  expect(plainText('A [b3]. B [b1].')).toBe('A. B.');
  expect(turnsOf([{ id: 0, question: 'q', text: 'a [b1]', blocks: {}, status: 'answered' }, { id: 1, question: 'x', text: '', blocks: {}, status: 'outside' }])).toEqual([
    { role: 'user', content: 'q' },
    { role: 'assistant', content: 'a [b1]' },
  ]);
});
