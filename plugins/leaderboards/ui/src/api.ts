import { api, useLive } from '@questline/ui-sdk';
import { useEffect, useRef } from 'react';

/** The boards there are. */
export const PERIODS = ['week', 'month', 'all'] as const;

/** One of the boards. */
export type Period = (typeof PERIODS)[number];

/** One line of a board. */
export interface Place {
  readonly rank: number;
  readonly user_id: string | null;
  readonly name: string;
  readonly avatar_url: string | null;
  readonly points: number;
  readonly is_me: boolean;
  readonly pseudonymous: boolean;
}

/** A board as the user sees it. */
export interface Board {
  readonly period: Period;
  readonly starts_at: string | null;
  readonly ends_at: string | null;
  readonly total: number;
  readonly top: readonly Place[];
  readonly me: { readonly rank: number; readonly points: number } | null;
  readonly around: readonly Place[];
}

/** How the user appears on the boards. */
export interface Preferences {
  readonly opted_out: boolean;
  readonly pseudonym: string | null;
}

const PREFERENCES = '/api/v1/p/leaderboards/me/preferences';

const leaderboardsApi = api
  .enhanceEndpoints({ addTagTypes: ['leaderboards.Board', 'leaderboards.Preferences'] })
  .injectEndpoints({
    endpoints: (build) => ({
      leaderboardsGet: build.query<Board, Period>({
        query: (period) => `/api/v1/p/leaderboards/${period}`,
        providesTags: ['leaderboards.Board'],
      }),
      leaderboardsGetPreferences: build.query<Preferences, void>({
        query: () => PREFERENCES,
        providesTags: ['leaderboards.Preferences'],
      }),
      leaderboardsUpdatePreferences: build.mutation<Preferences, Preferences>({
        query: (body) => ({ url: PREFERENCES, method: 'PUT', body }),
        invalidatesTags: ['leaderboards.Preferences', 'leaderboards.Board'],
      }),
    }),
  });

export const {
  useLeaderboardsGetQuery,
  useLeaderboardsGetPreferencesQuery,
  useLeaderboardsUpdatePreferencesMutation,
} = leaderboardsApi;

/** Longer than the second in which the server announces no further change. */
const SETTLED_MILLISECONDS = 1200;

/** A board that follows its changes: read when one is announced, and again once what follows it unannounced is over. */
export function useBoard(period: Period) {
  const board = useLeaderboardsGetQuery(period);
  const { refetch } = board;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLive('leaderboards.changed', () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void refetch(), SETTLED_MILLISECONDS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return board;
}
