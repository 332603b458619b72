import { api } from '@questline/ui-sdk';
import { sessionSlice } from '@questline/ui-sdk/host';
import { learnerApi } from './generated.ts';

/** The client of what every learner calls, with what the generator cannot know: which answers a change makes stale. */
export const cachedApi = learnerApi.enhanceEndpoints({
  endpoints: {
    getMe: { providesTags: ['Me'] },
    updateMe: {
      invalidatesTags: ['Me', 'Dashboard'],
      onQueryStarted: async (_changes, { dispatch, queryFulfilled }) => {
        try {
          dispatch(sessionSlice.actions.signedIn((await queryFulfilled).data));
        } catch {
          // The caller shows what went wrong.
        }
      },
    },
    getSecurity: { providesTags: ['Security'] },
    proveIdentity: { invalidatesTags: ['Security'] },
    confirmTotp: { invalidatesTags: ['Security'] },
    removeTotp: { invalidatesTags: ['Security'] },
    addPasskey: { invalidatesTags: ['Security'] },
    removePasskey: { invalidatesTags: ['Security'] },
    renewRecoveryCodes: { invalidatesTags: ['Security'] },
    forgetRememberedDevices: { invalidatesTags: ['Security'] },
    changePassword: { invalidatesTags: ['Sessions', 'Security'] },
    listSessions: { providesTags: ['Sessions'] },
    endSession: { invalidatesTags: ['Sessions'] },
    endSessions: { invalidatesTags: ['Sessions', 'Security'] },
    getSite: { providesTags: ['Site'], keepUnusedDataFor: 86_400 },
    listCatalogue: { providesTags: ['Catalogue'] },
    getCourse: { providesTags: ['Course'] },
    enrol: { invalidatesTags: ['Catalogue', 'Course', 'Dashboard', 'Lesson'] },
    unenrol: { invalidatesTags: ['Catalogue', 'Course', 'Dashboard', 'Lesson'] },
    getLesson: { providesTags: ['Lesson'] },
    completeLesson: { invalidatesTags: ['Catalogue', 'Course', 'Dashboard', 'Lesson'] },
    getDashboard: { providesTags: ['Dashboard'] },
    getTheme: { providesTags: ['Theme'] },
  },
});

export * from './generated.ts';
export { api };
