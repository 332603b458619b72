import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { expect, test } from 'vitest';
import { ErrorState, api, fieldError, isApiProblem, useProblemMessage } from '../src/index.ts';
import { toProblem } from '../src/host.ts';
import { renderInHost } from '../src/testing.ts';

const demoApi = api.enhanceEndpoints({ addTagTypes: ['demo.Balance'] }).injectEndpoints({
  endpoints: (build) => ({
    demoGet: build.query<{ balance: number }, void>({ query: () => '/api/v1/p/demo/me', providesTags: ['demo.Balance'] }),
    demoAdd: build.mutation<void, { amount: number }>({
      query: (body) => ({ url: '/api/v1/p/demo/entries', method: 'POST', body }),
      invalidatesTags: ['demo.Balance'],
    }),
  }),
});

function Balance(): ReactNode {
  const { data, error, refetch } = demoApi.useDemoGetQuery();
  const [add, result] = demoApi.useDemoAddMutation();
  const message = useProblemMessage();
  if (error !== undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <p>balance {data?.balance}</p>
      <button type="button" onClick={() => void add({ amount: 2 })}>
        add
      </button>
      {result.error !== undefined && (
        <p>
          {message(result.error)} / {fieldError(result.error, 'amount')}
        </p>
      )}
    </>
  );
}

test('a change fetches again what it made stale', async () => {
  let balance = 3;
  const { requests } = renderInHost(<Balance />, {
    answers: {
      'GET /api/v1/p/demo/me': () => ({ balance }),
      'POST /api/v1/p/demo/entries': (body: { amount: number }) => {
        balance += body.amount;
        return {};
      },
    },
  });
  await screen.findByText('balance 3');
  await userEvent.click(screen.getByRole('button', { name: 'add' }));
  await screen.findByText('balance 5');
  expect(requests[1]).toEqual({ call: 'POST /api/v1/p/demo/entries', body: { amount: 2 } });
});

test('problem details arrive with their code, their text and their fields', async () => {
  renderInHost(<Balance />, {
    answers: {
      'GET /api/v1/p/demo/me': { balance: 3 },
      'POST /api/v1/p/demo/entries': Response.json(
        { status: 422, code: 'invalid', title: 'Invalid', detail: 'Too much', errors: [{ field: 'amount', message: 'at most 1' }] },
        { status: 422, headers: { 'content-type': 'application/problem+json' } },
      ),
    },
  });
  await screen.findByText('balance 3');
  await userEvent.click(screen.getByRole('button', { name: 'add' }));
  expect(await screen.findByText('Too much / at most 1')).toBeVisible();
});

test('a failed query is shown and can be tried again', async () => {
  let works = false;
  renderInHost(<Balance />, {
    answers: {
      'GET /api/v1/p/demo/me': () => (works ? { balance: 1 } : new Response('<html>', { status: 502 })),
    },
  });
  expect(await screen.findByRole('alert')).toBeVisible();
  works = true;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.getByText('balance 1')).toBeVisible());
});

test('whatever the body is, a problem has a code', () => {
  expect(toProblem(500, '<html>')).toEqual({ status: 500, code: 'http_500', title: '', errors: [] });
  expect(toProblem(0, undefined).code).toBe('network');
  expect(isApiProblem(toProblem(404, { code: 'no_such_course' }))).toBe(true);
  expect(isApiProblem(new Error('x'))).toBe(false);
});
