import { renderInHost } from '@questline/ui-sdk/testing';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import contributions from '../contributions.ts';
import type { Recommendation, Training } from '../src/api.ts';
import definition from '../src/index.tsx';
import { NextForYou } from '../src/NextForYou.tsx';
import { RelatedLessons } from '../src/RelatedLessons.tsx';
import TrainingPage from '../src/TrainingPage.tsx';

const plugin = { manifest: { id: 'recommendations', contributions }, definition };
const NEXT = 'GET /api/v1/p/recommendations/next';
const TRAINING = '/api/v1/p/recommendations/training';

function lesson(title: string, more: Partial<Recommendation> = {}): Recommendation {
  return {
    lesson_id: `id-${title}`,
    title,
    kind: 'lesson',
    minutes: 5,
    course_slug: 'email',
    course_title: 'Email',
    enrolled: true,
    reason: { kind: 'after', because: 'Subject lines', learners: null },
    ...more,
  };
}

const training: Training = {
  id: 't',
  state: 'scoring',
  started_at: '2026-01-05T02:23:00Z',
  finished_at: null,
  texts: 'words',
  lessons: 30,
  completions: 900,
  learners: 40,
  scored: 10,
};

test('each suggestion says why, and leads to the lesson or, not enrolled yet, to its course', async () => {
  const items = [
    lesson('Newsletters'),
    lesson('Ranking', { enrolled: false, course_slug: 'search', reason: { kind: 'popular', because: null, learners: 12 } }),
  ];
  renderInHost(<NextForYou />, { plugin, answers: { [NEXT]: { items } } });
  expect(await screen.findByRole('heading', { name: 'Next for you' })).toBeVisible();
  expect(screen.getByText('Learners went on to this after “Subject lines”.')).toBeVisible();
  expect(screen.getByText('12 learners completed this lately.')).toBeVisible();
  expect(screen.getByRole('link', { name: /Newsletters/ })).toHaveAttribute('href', '/lessons/id-Newsletters');
  expect(screen.getByRole('link', { name: /Ranking/ })).toHaveAttribute('href', '/courses/search');
});

test('it speaks German', async () => {
  const items = [lesson('Newsletter', { reason: { kind: 'gap', because: 'Quiz', learners: null } })];
  renderInHost(<NextForYou />, { plugin, language: 'de', answers: { [NEXT]: { items } } });
  expect(await screen.findByText('Schließt eine Lücke, die „Quiz“ gezeigt hat.')).toBeVisible();
});

test('nothing is drawn where there is nothing to suggest', async () => {
  const { container, requests } = renderInHost(<NextForYou />, { plugin, answers: { [NEXT]: { items: [] } } });
  await waitFor(() => expect(requests.length).toBeGreaterThan(0));
  await waitFor(() => expect(container.querySelector('section')).toBeNull());
});

test('related lessons stand below a lesson', async () => {
  const items = [lesson('Snippets', { reason: { kind: 'similar', because: 'Subject lines', learners: null } })];
  renderInHost(<RelatedLessons courseId="c" lessonId="l" />, {
    plugin,
    answers: { 'GET /api/v1/p/recommendations/lessons/l': { items } },
  });
  expect(await screen.findByRole('heading', { name: 'Related lessons' })).toBeVisible();
  expect(screen.getByText('On the same subject as “Subject lines”.')).toBeVisible();
});

test('an admin sees how far a training is and starts another', async () => {
  const { requests } = renderInHost(<TrainingPage />, {
    plugin,
    answers: { [`GET ${TRAINING}`]: { training }, [`POST ${TRAINING}`]: training },
  });
  expect(await screen.findByRole('heading', { name: 'Choosing lessons for each learner' })).toBeVisible();
  expect(screen.getByRole('progressbar', { name: 'Progress' })).toHaveAttribute('aria-valuenow', '25');
  await userEvent.click(screen.getByRole('button', { name: 'Make them anew now' }));
  await waitFor(() => expect(JSON.stringify(requests)).toContain('POST'));
});

test('before the first training the page says so', async () => {
  renderInHost(<TrainingPage />, { plugin, answers: { [`GET ${TRAINING}`]: { training: null } } });
  expect(await screen.findByText('Nothing has been made yet')).toBeVisible();
});
