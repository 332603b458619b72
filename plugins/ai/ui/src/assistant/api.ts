import { api } from '@questline/ui-sdk';

/** Whether the assistant may be asked about a lesson now. */
export interface AssistantState {
  readonly available: boolean;
  readonly reason: 'attempt' | 'nothing_to_read' | 'no_provider' | null;
  readonly sample: boolean;
}

/** Where questions about a lesson go. */
export const assistantPath = (lessonId: string): string => `/api/v1/p/ai/assistant/${lessonId}`;

const assistantApi = api.enhanceEndpoints({ addTagTypes: ['ai.Assistant'] }).injectEndpoints({
  endpoints: (build) => ({
    aiGetAssistant: build.query<AssistantState, string>({ query: assistantPath, providesTags: ['ai.Assistant'] }),
    aiRateAnswer: build.mutation<void, { readonly callId: string; readonly helped: boolean }>({
      query: ({ callId, helped }) => ({ url: `/api/v1/p/ai/calls/${callId}/rating`, method: 'PUT', body: { helped } }),
    }),
  }),
});

export const { useAiGetAssistantQuery, useAiRateAnswerMutation } = assistantApi;
