import { api } from '@questline/ui-sdk';

/** The metals of badges. */
export type Tier = 'bronze' | 'silver' | 'gold';

/** A badge as the user sees it. */
export interface Badge {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly icon: string;
  readonly tier: Tier;
  readonly hint: string;
  readonly earned_at: string | null;
  readonly progress: { readonly current: number; readonly target: number };
}

/** The user's badges. */
export interface Gallery {
  readonly earned: number;
  readonly total: number;
  readonly badges: readonly Badge[];
}

const badgesApi = api.enhanceEndpoints({ addTagTypes: ['badges.Gallery'] }).injectEndpoints({
  endpoints: (build) => ({
    badgesListMine: build.query<Gallery, void>({ query: () => '/api/v1/p/badges/me', providesTags: ['badges.Gallery'] }),
  }),
});

export const { useBadgesListMineQuery } = badgesApi;
