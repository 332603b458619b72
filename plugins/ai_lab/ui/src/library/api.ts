import { type Paginated, api } from '@questline/ui-sdk';

export const SHELVES = ['mine', 'shared'] as const;
export const SORTS = ['newest', 'votes'] as const;
export type Shelf = (typeof SHELVES)[number];
export type Sort = (typeof SORTS)[number];

/** What is to be found in the library. */
export interface Search {
  readonly shelf: Shelf;
  readonly q: string;
  readonly tag: string;
  readonly sort: Sort;
}

/** A prompt as it is kept. */
export interface PromptInput {
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly shared: boolean;
}

/** A kept prompt, with what the reader may do with it. */
export interface KeptPrompt extends PromptInput {
  readonly id: string;
  readonly mine: boolean;
  readonly author: string;
  readonly votes: number;
  readonly voted: boolean;
  readonly created_at: string;
}

const ROOT = '/api/v1/p/ai_lab/library';

const libraryApi = api.enhanceEndpoints({ addTagTypes: ['ai_lab.Library'] }).injectEndpoints({
  endpoints: (build) => ({
    aiLabListPrompts: build.infiniteQuery<Paginated<KeptPrompt>, Search, string | null>({
      infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (page) => page.next_cursor ?? undefined },
      query: ({ queryArg, pageParam }) => ({ url: ROOT, params: { ...queryArg, limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) } }),
      providesTags: ['ai_lab.Library'],
    }),
    aiLabListPromptTags: build.query<readonly { readonly tag: string; readonly prompts: number }[], Shelf>({
      query: (shelf) => ({ url: `${ROOT}/tags`, params: { shelf } }),
      providesTags: ['ai_lab.Library'],
    }),
    aiLabKeepPrompt: build.mutation<KeptPrompt, PromptInput>({
      query: (body) => ({ url: ROOT, method: 'POST', body }),
      invalidatesTags: (_kept, error) => (error === undefined ? ['ai_lab.Library'] : []),
    }),
    aiLabChangePrompt: build.mutation<KeptPrompt, { readonly id: string; readonly input: PromptInput }>({
      query: ({ id, input }) => ({ url: `${ROOT}/${id}`, method: 'PUT', body: input }),
      invalidatesTags: (_kept, error) => (error === undefined ? ['ai_lab.Library'] : []),
    }),
    aiLabRemovePrompt: build.mutation<void, string>({
      query: (id) => ({ url: `${ROOT}/${id}`, method: 'DELETE' }),
      invalidatesTags: ['ai_lab.Library'],
    }),
    aiLabVote: build.mutation<KeptPrompt, { readonly id: string; readonly useful: boolean }>({
      query: ({ id, useful }) => ({ url: `${ROOT}/${id}/vote`, method: useful ? 'PUT' : 'DELETE' }),
      invalidatesTags: ['ai_lab.Library'],
    }),
    aiLabUnshare: build.mutation<void, string>({
      query: (id) => ({ url: `${ROOT}/${id}/unshare`, method: 'POST' }),
      invalidatesTags: ['ai_lab.Library'],
    }),
  }),
});

export const {
  useAiLabListPromptsInfiniteQuery,
  useAiLabListPromptTagsQuery,
  useAiLabKeepPromptMutation,
  useAiLabChangePromptMutation,
  useAiLabRemovePromptMutation,
  useAiLabVoteMutation,
  useAiLabUnshareMutation,
} = libraryApi;
