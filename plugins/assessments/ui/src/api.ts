import { api } from '@questline/ui-sdk';
import type { Answer, Attempt, AttemptResult, Feedback, SavedAnswer, Summary } from './types.ts';

interface ItemOf {
  readonly attemptId: string;
  readonly itemId: string;
}

const BASE = '/api/v1/p/assessments';

/** Notes how far the server's clock is ahead, for the timer. */
function withSkew(attempt: Attempt & { readonly now: string }): Attempt {
  return { ...attempt, skew: Date.parse(attempt.now) - Date.now() };
}

const assessmentsApi = api.enhanceEndpoints({ addTagTypes: ['assessments.Summary', 'assessments.Attempt'] }).injectEndpoints({
  endpoints: (build) => ({
    assessmentsGet: build.query<Summary, string>({
      query: (id) => `${BASE}/${id}`,
      providesTags: (_summary, _error, id) => [{ type: 'assessments.Summary', id }],
    }),
    assessmentsGetAttempt: build.query<Attempt, string>({
      query: (id) => `${BASE}/attempts/${id}`,
      transformResponse: withSkew,
      providesTags: (_attempt, _error, id) => [{ type: 'assessments.Attempt', id }],
    }),
    assessmentsStart: build.mutation<Attempt, string>({
      query: (id) => ({ url: `${BASE}/${id}/attempts`, method: 'POST' }),
      transformResponse: withSkew,
      onQueryStarted: async (id, { dispatch, queryFulfilled }) => {
        try {
          const { data } = await queryFulfilled;
          await dispatch(assessmentsApi.util.upsertQueryData('assessmentsGetAttempt', data.id, data));
          dispatch(
            assessmentsApi.util.updateQueryData('assessmentsGet', id, (summary) => {
              const before = summary.attempts.filter((each) => each.id !== data.id);
              Object.assign(summary, { open_attempt_id: data.id, attempts: [{ id: data.id, status: 'open' }, ...before] });
            }),
          );
        } catch {
          // The caller shows what went wrong.
        }
      },
    }),
    assessmentsSaveAnswer: build.mutation<SavedAnswer, ItemOf & { readonly response: Answer }>({
      query: ({ attemptId, itemId, response }) => ({
        url: `${BASE}/attempts/${attemptId}/answers/${itemId}`,
        method: 'PUT',
        body: { response },
      }),
      onQueryStarted: async ({ attemptId, itemId }, { dispatch, queryFulfilled }) => {
        try {
          const { data } = await queryFulfilled;
          dispatch(
            assessmentsApi.util.updateQueryData('assessmentsGetAttempt', attemptId, (attempt) => {
              Object.assign(attempt.answers, { [itemId]: data });
            }),
          );
        } catch {
          // The caller tries again.
        }
      },
    }),
    assessmentsCheckAnswer: build.mutation<Feedback, ItemOf>({
      query: ({ attemptId, itemId }) => ({ url: `${BASE}/attempts/${attemptId}/answers/${itemId}/check`, method: 'POST' }),
      onQueryStarted: async ({ attemptId, itemId }, { dispatch, queryFulfilled }) => {
        try {
          const { data } = await queryFulfilled;
          dispatch(
            assessmentsApi.util.updateQueryData('assessmentsGetAttempt', attemptId, (attempt) => {
              Object.assign(attempt.answers[itemId] ?? {}, { checked: data });
            }),
          );
        } catch {
          // The caller shows what went wrong.
        }
      },
    }),
    assessmentsSubmit: build.mutation<AttemptResult, { readonly attemptId: string; readonly assessmentId: string }>({
      query: ({ attemptId }) => ({ url: `${BASE}/attempts/${attemptId}/submission`, method: 'POST' }),
      invalidatesTags: (_result, error, { assessmentId }) =>
        error === undefined ? [{ type: 'assessments.Summary', id: assessmentId }] : [],
      onQueryStarted: async ({ attemptId }, { dispatch, queryFulfilled }) => {
        try {
          const { data } = await queryFulfilled;
          dispatch(
            assessmentsApi.util.updateQueryData('assessmentsGetAttempt', attemptId, (attempt) => {
              Object.assign(attempt, { status: 'submitted', result: data });
            }),
          );
        } catch {
          // The caller shows what went wrong.
        }
      },
    }),
    assessmentsCompleteLesson: build.mutation<{ readonly course_completed: boolean }, string>({
      query: (id) => ({ url: `/api/v1/lessons/${id}/completion`, method: 'POST' }),
      invalidatesTags: (_answer, error) => (error === undefined ? ['Catalogue', 'Course', 'Dashboard', 'Lesson'] : []),
    }),
  }),
});

export const {
  useAssessmentsGetQuery,
  useAssessmentsGetAttemptQuery,
  useAssessmentsStartMutation,
  useAssessmentsSaveAnswerMutation,
  useAssessmentsCheckAnswerMutation,
  useAssessmentsSubmitMutation,
  useAssessmentsCompleteLessonMutation,
} = assessmentsApi;
