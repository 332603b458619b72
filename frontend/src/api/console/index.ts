import { consoleApi } from './generated.ts';

/** The generated client of what only the console calls, with which answers a change makes stale. */
consoleApi.enhanceEndpoints({
  endpoints: {
    getSignInSettings: { providesTags: ['SignIn'] },
    setSignInSettings: { invalidatesTags: ['SignIn', 'Site'] },
    listInvitations: { providesTags: ['Invitations'] },
    invite: { invalidatesTags: ['Invitations'] },
    withdrawInvitation: { invalidatesTags: ['Invitations'] },
    getThemeEditor: { providesTags: ['Theme'] },
    saveTheme: { invalidatesTags: ['Theme', 'Site'] },
    setTheme: { invalidatesTags: ['Theme', 'Site'] },
    listUsers: { providesTags: ['Users'] },
    listPlugins: { providesTags: ['Plugins'] },
    getPlugin: { providesTags: ['Plugins'] },
    setPluginEnabled: { invalidatesTags: ['Plugins', 'UiPlugins'] },
    listPacks: { providesTags: ['Plugins'] },
    getPack: { providesTags: ['Plugins'] },
    setPackEnabled: { invalidatesTags: ['Plugins', 'UiPlugins', 'Me', 'Theme', 'Site'] },
    getPluginSettings: { providesTags: ['Plugins'] },
    updatePluginSettings: { invalidatesTags: ['Plugins'] },
  },
});

export * from './generated.ts';
