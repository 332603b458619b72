import { api } from '@questline/ui-sdk';
import type { LessonCard, LessonSuggestions, Suggestion, Wanted } from './types.ts';

const ROOT = '/api/v1/p/ai/suggestions';

interface LessonPage {
  readonly items: readonly LessonCard[];
  readonly next_cursor: string | null;
}

const studioApi = api.enhanceEndpoints({ addTagTypes: ['ai.Suggestions'] }).injectEndpoints({
  endpoints: (build) => ({
    aiListSuggestionLessons: build.query<LessonPage, string | undefined>({
      query: (cursor) => ({ url: ROOT, params: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } }),
      providesTags: ['ai.Suggestions'],
    }),
    aiListSuggestions: build.query<LessonSuggestions, string>({ query: (lesson) => `${ROOT}/${lesson}`, providesTags: ['ai.Suggestions'] }),
    aiSuggest: build.mutation<readonly Suggestion[], { readonly lesson: string; readonly wanted: Wanted }>({
      query: ({ lesson, wanted }) => ({ url: `${ROOT}/${lesson}`, method: 'POST', body: wanted }),
      invalidatesTags: ['ai.Suggestions'],
    }),
    aiDecideSuggestion: build.mutation<Suggestion, { readonly lesson: string; readonly id: string; readonly accepted: boolean }>({
      query: ({ lesson, id, accepted }) => ({ url: `${ROOT}/${lesson}/${id}/decision`, method: 'POST', body: { accepted } }),
      invalidatesTags: ['ai.Suggestions'],
    }),
  }),
});

export const { useAiListSuggestionLessonsQuery, useAiListSuggestionsQuery, useAiSuggestMutation, useAiDecideSuggestionMutation } = studioApi;
