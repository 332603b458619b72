import type { BlockLesson } from '@questline/ui-sdk';
import { renderInHost } from '@questline/ui-sdk/testing';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { expect, test, vi } from 'vitest';
import contributions from '../contributions.ts';
import definition from '../src/index.tsx';
import { QuizBlock } from '../src/QuizBlock.tsx';
import type { Feedback, QuizData } from '../src/types.ts';

type HostResult = ReturnType<typeof renderInHost>;

const BASE = '/api/v1/p/assessments';
const LESSON: BlockLesson = {
  id: 'lesson',
  title: 'Tea quiz',
  kind: 'quiz',
  status: 'started',
  course: { id: 'course', slug: 'tea', title: 'Tea' },
};
const DATA: QuizData = {
  assessment_id: 'quiz',
  title: 'Tea quiz',
  graded: true,
  pass_percent: 70,
  time_limit_seconds: null,
  item_count: 2,
  max_score: 2,
  max_attempts: 3,
  feedback: 'immediate',
};
const SUMMARY = { ...DATA, attempts_left: 3, passed: false, best_percent: null, open_attempt_id: null, attempts: [] };
const ATTEMPT = {
  id: 'run',
  assessment_id: 'quiz',
  number: 1,
  title: 'Tea quiz',
  status: 'open',
  started_at: '2026-11-18T12:00:00Z',
  deadline_at: null,
  submitted_at: null,
  now: '2026-11-18T12:00:00Z',
  graded: true,
  pass_percent: 70,
  feedback: 'immediate',
  items: [
    {
      id: 'leaf',
      type: 'single',
      prompt_html: '<p>Which is tea?</p>',
      points: 1,
      options: [
        { id: 'mint', text_html: '<p>Mint</p>' },
        { id: 'camellia', text_html: '<p>Camellia</p>' },
      ],
    },
    {
      id: 'steps',
      type: 'ordering',
      prompt_html: '<p>In which order?</p>',
      points: 1,
      options: [
        { id: 'pour', text_html: '<p>Pour</p>' },
        { id: 'boil', text_html: '<p>Boil</p>' },
      ],
    },
  ],
  answers: {},
  result: null,
};
const WRONG: Feedback = {
  correct: false,
  score: 0,
  max_score: 1,
  message_html: null,
  option_feedback: { mint: '<p>Mint is an herb.</p>' },
  explanation_html: '<p>Tea is a shrub.</p>',
  expected: { option_id: 'camellia' },
};
const RIGHT: Feedback = { ...WRONG, correct: true, score: 1, option_feedback: {}, expected: { option_ids: ['boil', 'pour'] } };

function item(id: string, feedback: Feedback): object {
  return { ...feedback, item_id: id, answered: true };
}

function result(percent: number, passed: boolean): object {
  return { score: percent / 50, max_score: 2, percent, passed, revealed: true, attempts_left: 2, items: [item('leaf', WRONG), item('steps', RIGHT)] };
}

function render(answers: Readonly<Record<string, unknown>>, options: { readonly data?: Partial<QuizData>; readonly language?: string } = {}): HostResult & { onProgress: () => void } {
  const onProgress = vi.fn<() => void>();
  let summary: object = SUMMARY;
  const block = { id: 'b', type: 'assessments.quiz', data: { ...DATA, ...options.data } };
  const host = renderInHost(<QuizBlock block={block} lesson={LESSON} onProgress={onProgress} />, {
    plugin: { manifest: { id: 'assessments', contributions }, definition },
    answers: {
      [`GET ${BASE}/quiz`]: () => summary,
      [`POST ${BASE}/quiz/attempts`]: () => {
        summary = { ...SUMMARY, attempts: [{ id: 'run', status: 'submitted' }] };
        return ATTEMPT;
      },
      [`GET ${BASE}/attempts/run`]: ATTEMPT,
      [`PUT ${BASE}/attempts/run/answers/leaf`]: (body: { response: object }) => ({ response: body.response, saved_at: '' }),
      [`PUT ${BASE}/attempts/run/answers/steps`]: (body: { response: object }) => ({ response: body.response, saved_at: '' }),
      [`POST ${BASE}/attempts/run/answers/leaf/check`]: WRONG,
      [`POST ${BASE}/attempts/run/answers/steps/check`]: RIGHT,
      [`POST ${BASE}/attempts/run/submission`]: result(50, false),
      'POST /api/v1/lessons/lesson/completion': { course_completed: true },
      ...answers,
    },
    ...(options.language === undefined ? {} : { language: options.language }),
  });
  return Object.assign(host, { onProgress });
}

function calls(host: HostResult, method: string): readonly string[] {
  return host.requests.filter(({ call }) => call.startsWith(method)).map(({ call }) => call.replace(`${BASE}/`, ''));
}

test('says what a quiz is like before it begins', async () => {
  render({}, { language: 'de' });
  expect(await screen.findByText('noch 3 von 3')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Starten' })).toBeEnabled();
});

test('goes from the start to the result by keyboard', async () => {
  const user = userEvent.setup();
  const host = render({});
  await user.click(await screen.findByRole('button', { name: 'Start' }));
  expect(await screen.findByRole('heading', { name: 'Question 1 of 2 · 1 point' })).toHaveFocus();
  await user.keyboard('1{Enter}');
  expect(await screen.findByText('Tea is a shrub.')).toBeVisible();
  expect(screen.getByText('Mint is an herb.')).toBeVisible();
  expect(screen.getByRole('radio', { name: /Camellia/u })).toBeDisabled();
  await user.keyboard('{Enter}');
  expect(screen.getByRole('heading', { name: /^Question 2 of 2/u })).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'Move up: Boil' }));
  expect(screen.getByText('Boil: now 1 of 2')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Check answer' }));
  await user.click(await screen.findByRole('button', { name: 'Review' }));
  await user.click(screen.getByRole('button', { name: 'Submit' }));
  expect(await screen.findByRole('heading', { name: 'Not passed yet' })).toHaveFocus();
  expect(calls(host, 'PUT')).toEqual(['PUT attempts/run/answers/leaf', 'PUT attempts/run/answers/steps']);
  expect(host.requests.find(({ call }) => call.endsWith('/answers/steps'))?.body).toEqual({ response: { option_ids: ['boil', 'pour'] } });
  expect(calls(host, 'POST')).not.toContain('POST /api/v1/lessons/lesson/completion');
});

test('completes the lesson once the quiz is passed', async () => {
  const host = render({
    [`GET ${BASE}/quiz`]: { ...SUMMARY, passed: true, attempts: [{ id: 'run', status: 'submitted' }] },
    [`GET ${BASE}/attempts/run`]: { ...ATTEMPT, status: 'submitted', result: result(100, true) },
  });
  expect(await screen.findByRole('heading', { name: 'Passed' })).toBeVisible();
  await waitFor(() => expect(host.onProgress).toHaveBeenCalledOnce());
  expect(host.celebrations).toEqual([{ kind: 'course', title: 'Course completed', description: 'Tea' }]);
});

test('does not show answers that are still hidden', async () => {
  const plain = { correct: false, score: 0, max_score: 1, message_html: null, option_feedback: {}, explanation_html: null, expected: null, answered: true };
  render({
    [`GET ${BASE}/quiz`]: { ...SUMMARY, attempts: [{ id: 'run', status: 'submitted' }] },
    [`GET ${BASE}/attempts/run`]: {
      ...ATTEMPT,
      status: 'submitted',
      result: { ...result(0, false), revealed: false, items: [{ ...plain, item_id: 'leaf' }, { ...plain, item_id: 'steps' }] },
    },
  });
  expect(await screen.findByText(/The right answers are shown once/u)).toBeVisible();
  expect(screen.queryByRole('group')).not.toBeInTheDocument();
});

test('keeps an answer and says so while the server is away', async () => {
  const user = userEvent.setup();
  let away = true;
  render({
    [`PUT ${BASE}/attempts/run/answers/leaf`]: (body: { response: object }) =>
      away ? Response.json({ code: 'unavailable' }, { status: 503 }) : { response: body.response, saved_at: '' },
  });
  await user.click(await screen.findByRole('button', { name: 'Start' }));
  await user.click(await screen.findByRole('radio', { name: /Mint/u }));
  expect(await screen.findByText(/The server cannot be reached/u)).toBeVisible();
  expect(screen.getByRole('radio', { name: /Mint/u })).toBeChecked();
  away = false;
  globalThis.dispatchEvent(new Event('online'));
  expect(await screen.findByText('Saved')).toBeVisible();
});

test('submits what there is when the time is over', async () => {
  const user = userEvent.setup();
  const host = render({ [`POST ${BASE}/quiz/attempts`]: { ...ATTEMPT, deadline_at: ATTEMPT.now } });
  await user.click(await screen.findByRole('button', { name: 'Start' }));
  await waitFor(() => expect(calls(host, 'POST')).toContain('POST attempts/run/submission'));
});

test('says why a quiz cannot begin', async () => {
  const user = userEvent.setup();
  render({ [`POST ${BASE}/quiz/attempts`]: Response.json({ code: 'not_enrolled', detail: 'x' }, { status: 409 }) });
  await user.click(await screen.findByRole('button', { name: 'Start' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Enrol in the course to answer.');
});

test('asks the questions of a check in place and ends it with the last answer', async () => {
  const user = userEvent.setup();
  const host = render({}, { data: { graded: false } });
  const question = await screen.findByRole('radiogroup', { name: 'Which is tea?' });
  const [first] = screen.getAllByRole('button', { name: 'Check answer' });
  expect(first).toBeDisabled();
  await user.click(within(question).getByRole('radio', { name: /Mint/u }));
  await user.click(screen.getAllByRole('button', { name: 'Check answer' })[0] as HTMLElement);
  expect(await screen.findByText('1 question to go')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Check answer' }));
  expect(await screen.findByText('1 of 2 right')).toBeVisible();
  expect(await screen.findByRole('button', { name: 'Do it again' })).toBeEnabled();
  expect(calls(host, 'POST')).toContain('POST attempts/run/submission');
});

test('has nothing for axe to complain about', async () => {
  const user = userEvent.setup();
  const { container } = render({});
  await user.click(await screen.findByRole('button', { name: 'Start' }));
  await user.click(await screen.findByRole('radio', { name: /Mint/u }));
  await user.click(screen.getByRole('button', { name: 'Check answer' }));
  await screen.findByText('Tea is a shrub.');
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('has the same texts in both languages', () => {
  const keys = (value: unknown, path = ''): string[] =>
    typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, each]) => keys(each, `${path}.${key}`)) : [path];
  expect(keys(definition.resources?.de)).toEqual(keys(definition.resources?.en));
});
