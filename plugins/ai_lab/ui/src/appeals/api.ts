import { type Paginated, api } from '@questline/ui-sdk';
import type { Appeal, CheckResult, Grade } from '../types.ts';

/** An appeal in the list of those who decide. */
export interface AppealCard {
  readonly id: string;
  readonly learner: string;
  readonly exercise: string;
  readonly course: string;
  readonly kind: 'critique' | 'prompt';
  readonly appeal: Appeal;
}

/** An appeal with all that a decision needs. */
export interface AppealDetail {
  readonly card: AppealCard;
  readonly brief: string;
  readonly guidance: readonly string[];
  readonly text: string;
  readonly output: string | null;
  readonly result: { readonly checks?: readonly CheckResult[]; readonly criteria?: readonly Grade[] };
}

const ROOT = '/api/v1/p/ai_lab';

const appealsApi = api.enhanceEndpoints({ addTagTypes: ['ai_lab.Appeals', 'ai_lab.Exercise'] }).injectEndpoints({
  endpoints: (build) => ({
    aiLabAppeal: build.mutation<Appeal, { readonly exercise: string; readonly answer: string; readonly reason: string }>({
      query: ({ answer, reason }) => ({ url: `${ROOT}/answers/${answer}/appeal`, method: 'POST', body: { reason } }),
      invalidatesTags: (_kept, error, { exercise }) => (error === undefined ? [{ type: 'ai_lab.Exercise', id: exercise }, 'ai_lab.Appeals'] : []),
    }),
    aiLabWithdrawAppeal: build.mutation<void, { readonly exercise: string; readonly answer: string }>({
      query: ({ answer }) => ({ url: `${ROOT}/answers/${answer}/appeal`, method: 'DELETE' }),
      invalidatesTags: (_kept, _error, { exercise }) => [{ type: 'ai_lab.Exercise', id: exercise }, 'ai_lab.Appeals'],
    }),
    aiLabListAppeals: build.infiniteQuery<Paginated<AppealCard>, boolean, string | null>({
      infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (page) => page.next_cursor ?? undefined },
      query: ({ queryArg, pageParam }) => ({ url: `${ROOT}/appeals`, params: { decided: queryArg, ...(pageParam === null ? {} : { cursor: pageParam }) } }),
      providesTags: ['ai_lab.Appeals'],
    }),
    aiLabGetAppeal: build.query<AppealDetail, string>({ query: (id) => `${ROOT}/appeals/${id}`, providesTags: ['ai_lab.Appeals'] }),
    aiLabDecideAppeal: build.mutation<AppealDetail, { readonly id: string; readonly score: number; readonly comment: string }>({
      query: ({ id, ...body }) => ({ url: `${ROOT}/appeals/${id}/decision`, method: 'POST', body }),
      invalidatesTags: (_kept, error) => (error === undefined ? ['ai_lab.Appeals', 'ai_lab.Exercise'] : []),
    }),
  }),
});

export const { useAiLabAppealMutation, useAiLabWithdrawAppealMutation, useAiLabListAppealsInfiniteQuery, useAiLabGetAppealQuery, useAiLabDecideAppealMutation } = appealsApi;
