import { type Paginated, api } from '@questline/ui-sdk';
import type { Condition, EventType } from '@questline/ui-sdk/admin';

/** The spans of time a limit may count in. */
export const SPANS = ['day', 'week', 'month', 'ever'] as const;

/** A rule as it is sent. */
export interface RuleInput {
  readonly name: string;
  readonly event: string;
  readonly amount: number;
  readonly condition: Condition | null;
  readonly cap: { readonly per: (typeof SPANS)[number]; readonly amount: number } | null;
  readonly cooldown_seconds: number | null;
  readonly enabled: boolean;
}

/** A rule as it is kept. */
export interface Rule extends RuleInput {
  readonly id: string;
}

const rulesApi = api.enhanceEndpoints({ addTagTypes: ['points.Rules'] }).injectEndpoints({
  endpoints: (build) => ({
    pointsListRules: build.query<Paginated<Rule>, void>({ query: () => '/api/v1/p/points/rules', providesTags: ['points.Rules'] }),
    pointsListEventTypes: build.query<{ readonly event_types: readonly EventType[] }, void>({
      query: () => '/api/v1/p/points/event-types',
      providesTags: ['points.Rules'],
    }),
    pointsSaveRule: build.mutation<Rule, { readonly id?: string | undefined; readonly rule: RuleInput }>({
      query: ({ id, rule }) => ({
        url: id === undefined ? '/api/v1/p/points/rules' : `/api/v1/p/points/rules/${id}`,
        method: id === undefined ? 'POST' : 'PUT',
        body: rule,
      }),
      invalidatesTags: ['points.Rules'],
    }),
    pointsDeleteRule: build.mutation<void, string>({
      query: (id) => ({ url: `/api/v1/p/points/rules/${id}`, method: 'DELETE' }),
      invalidatesTags: ['points.Rules'],
    }),
  }),
});

export const { usePointsListRulesQuery, usePointsListEventTypesQuery, usePointsSaveRuleMutation, usePointsDeleteRuleMutation } = rulesApi;
