import { api } from '@questline/ui-sdk';
import { sessionSlice } from '@questline/ui-sdk/host';
import { coreApi } from './generated.ts';

/** The generated client with what the generator cannot know: which answers a change makes stale. */
export const cachedApi = coreApi.enhanceEndpoints({
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
    getSite: { providesTags: ['Site'], keepUnusedDataFor: 86_400 },
    listCatalogue: { providesTags: ['Catalogue'] },
    getCourse: { providesTags: ['Course'] },
    enrol: { invalidatesTags: ['Catalogue', 'Course', 'Dashboard', 'Lesson'] },
    unenrol: { invalidatesTags: ['Catalogue', 'Course', 'Dashboard', 'Lesson'] },
    getLesson: { providesTags: ['Lesson'] },
    completeLesson: { invalidatesTags: ['Catalogue', 'Course', 'Dashboard', 'Lesson'] },
    getDashboard: { providesTags: ['Dashboard'] },
    getTheme: { providesTags: ['Theme'] },
    setTheme: { invalidatesTags: ['Theme', 'Site'] },
    listUsers: { providesTags: ['Users'] },
    listPlugins: { providesTags: ['Plugins'] },
    setPluginEnabled: { invalidatesTags: ['Plugins', 'UiPlugins'] },
    getPluginSettings: { providesTags: ['Plugins'] },
    updatePluginSettings: { invalidatesTags: ['Plugins'] },
  },
});

export * from './generated.ts';
export { api };
