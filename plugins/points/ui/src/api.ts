import { type Paginated, api } from '@questline/ui-sdk';

/** A step of the way up, reached at `floor` points. */
export interface Level {
  readonly number: number;
  readonly title: string;
  readonly floor: number;
}

/** Where the user stands. */
export interface Balance {
  readonly balance: number;
  readonly level: Level;
  readonly next_level: Level | null;
  readonly today: number;
  readonly week: number;
}

/** One line of the user's ledger. */
export interface Entry {
  readonly id: string;
  readonly amount: number;
  readonly reason: string;
  readonly rule: string;
  readonly occurred_at: string;
  readonly balance_after: number;
}

const pointsApi = api.enhanceEndpoints({ addTagTypes: ['points.Balance', 'points.Entries'] }).injectEndpoints({
  endpoints: (build) => ({
    pointsGetBalance: build.query<Balance, void>({
      query: () => '/api/v1/p/points/me',
      providesTags: ['points.Balance'],
    }),
    pointsListLevels: build.query<{ readonly levels: readonly Level[] }, void>({
      query: () => '/api/v1/p/points/levels',
    }),
    pointsLatestEntries: build.query<Paginated<Entry>, number>({
      query: (limit) => ({ url: '/api/v1/p/points/me/entries', params: { limit } }),
      providesTags: ['points.Entries'],
    }),
    pointsListEntries: build.infiniteQuery<Paginated<Entry>, void, string | null>({
      infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (page) => page.next_cursor ?? undefined },
      query: ({ pageParam }) => ({
        url: '/api/v1/p/points/me/entries',
        params: pageParam === null ? { limit: 30 } : { limit: 30, cursor: pageParam },
      }),
      providesTags: ['points.Entries'],
    }),
  }),
});

export const {
  usePointsGetBalanceQuery,
  usePointsListLevelsQuery,
  usePointsLatestEntriesQuery,
  usePointsListEntriesInfiniteQuery,
} = pointsApi;
