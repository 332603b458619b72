import { accountApi } from './generated.ts';

/** The generated client of what only the account's own pages call, with which answers a change makes stale. */
accountApi.enhanceEndpoints({
  endpoints: {
    listIdentities: { providesTags: ['Security'] },
    completeLink: { invalidatesTags: ['Security'] },
    completeProofElsewhere: { invalidatesTags: ['Security'] },
    unlinkIdentity: { invalidatesTags: ['Security'] },
  },
});

export * from './generated.ts';
