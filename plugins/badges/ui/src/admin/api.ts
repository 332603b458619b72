import { type Paginated, api } from '@questline/ui-sdk';
import type { Condition, EventType } from '@questline/ui-sdk/admin';
import type { Tier } from '../api.ts';

/** What has to happen for a badge. */
export type Criterion =
  | { readonly type: 'event_count'; readonly event: string; readonly count: number; readonly condition: Condition | null }
  | { readonly type: 'points_total'; readonly points: number }
  | { readonly type: 'streak'; readonly days: number }
  | { readonly type: 'course_completed'; readonly course_slug: string | null };

/** A badge as it is sent. */
export interface DefinitionInput {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly criterion: Criterion;
  readonly icon: string;
  readonly tier: Tier;
  readonly hint: string;
  readonly position: number;
}

/** A badge as it is kept. */
export interface Definition extends DefinitionInput {
  readonly id: string;
}

const ADDRESS = '/api/v1/p/badges/definitions';

const definitionsApi = api.enhanceEndpoints({ addTagTypes: ['badges.Definitions', 'badges.Gallery'] }).injectEndpoints({
  endpoints: (build) => ({
    badgesListDefinitions: build.query<Paginated<Definition>, void>({ query: () => ADDRESS, providesTags: ['badges.Definitions'] }),
    badgesListEventTypes: build.query<{ readonly event_types: readonly EventType[] }, void>({
      query: () => '/api/v1/p/badges/event-types',
      providesTags: ['badges.Definitions'],
    }),
    badgesSaveDefinition: build.mutation<Definition, { readonly id?: string | undefined; readonly definition: DefinitionInput }>({
      query: ({ id, definition }) => ({
        url: id === undefined ? ADDRESS : `${ADDRESS}/${id}`,
        method: id === undefined ? 'POST' : 'PUT',
        body: definition,
      }),
      invalidatesTags: ['badges.Definitions', 'badges.Gallery'],
    }),
    badgesDeleteDefinition: build.mutation<void, string>({
      query: (id) => ({ url: `${ADDRESS}/${id}`, method: 'DELETE' }),
      invalidatesTags: (_answer, error) => (error === undefined ? ['badges.Definitions', 'badges.Gallery'] : []),
    }),
  }),
});

export const {
  useBadgesListDefinitionsQuery,
  useBadgesListEventTypesQuery,
  useBadgesSaveDefinitionMutation,
  useBadgesDeleteDefinitionMutation,
} = definitionsApi;
