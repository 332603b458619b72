import { api } from '@questline/ui-sdk';
import type { Answer, Draft, DuelResult, HandedIn, Revision, Workshop } from './types.ts';

const BASE = '/api/v1/p/ai_lab';

interface Answers<Kept> {
  readonly answers: readonly Kept[];
}

/** Where a tool is run with a prompt. */
export const outputsPath = (draft: string): string => `${BASE}/drafts/${draft}/outputs`;

const labApi = api.enhanceEndpoints({ addTagTypes: ['ai_lab.Exercise'] }).injectEndpoints({
  endpoints: (build) => ({
    aiLabGetCritique: build.query<Answers<Revision>, string>({
      query: (id) => `${BASE}/exercises/${id}`,
      providesTags: (_answers, _error, id) => [{ type: 'ai_lab.Exercise', id }],
    }),
    aiLabGetDuel: build.query<Answers<Answer<DuelResult>>, string>({
      query: (id) => `${BASE}/exercises/${id}`,
      providesTags: (_answers, _error, id) => [{ type: 'ai_lab.Exercise', id }],
    }),
    aiLabRevise: build.mutation<Revision, { readonly id: string; readonly text: string }>({
      query: ({ id, text }) => ({ url: `${BASE}/exercises/${id}/revisions`, method: 'POST', body: { text } }),
      invalidatesTags: (_kept, error, { id }) => (error === undefined ? [{ type: 'ai_lab.Exercise', id }] : []),
    }),
    aiLabPick: build.mutation<Answer<DuelResult>, { readonly id: string; readonly pick: 'a' | 'b' }>({
      query: ({ id, pick }) => ({ url: `${BASE}/exercises/${id}/pick`, method: 'POST', body: { pick } }),
      invalidatesTags: (_kept, error, { id }) => (error === undefined ? [{ type: 'ai_lab.Exercise', id }] : []),
    }),
    aiLabListDrafts: build.query<Workshop, string>({
      query: (id) => `${BASE}/exercises/${id}/drafts`,
      providesTags: (_answers, _error, id) => [{ type: 'ai_lab.Exercise', id }],
    }),
    aiLabAddDraft: build.mutation<Draft, { readonly id: string; readonly prompt: string }>({
      query: ({ id, prompt }) => ({ url: `${BASE}/exercises/${id}/drafts`, method: 'POST', body: { prompt } }),
      invalidatesTags: (_kept, error, { id }) => (error === undefined ? [{ type: 'ai_lab.Exercise', id }] : []),
    }),
    aiLabHandIn: build.mutation<HandedIn, { readonly id: string; readonly draft: string; readonly output: string; readonly locale: string }>({
      query: ({ draft, output, locale }) => ({ url: `${BASE}/drafts/${draft}/hand-in`, method: 'POST', body: { output_id: output, locale } }),
      invalidatesTags: (_kept, error, { id }) => (error === undefined ? [{ type: 'ai_lab.Exercise', id }] : []),
    }),
  }),
});

export const { useAiLabGetCritiqueQuery, useAiLabGetDuelQuery, useAiLabReviseMutation, useAiLabPickMutation, useAiLabListDraftsQuery, useAiLabAddDraftMutation, useAiLabHandInMutation } = labApi;

/** Have an exercise read again, also where it is being read just now. */
export const changed = (id: string): ReturnType<typeof labApi.util.invalidateTags> => labApi.util.invalidateTags([{ type: 'ai_lab.Exercise', id }]);
