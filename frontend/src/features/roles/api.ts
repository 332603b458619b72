import { accountApi } from '../../api/account/generated.ts';
import { consoleApi } from '../../api/console/generated.ts';

const tagged = { addTagTypes: ['Roles', 'Grants', 'Keys'] } as const;

/** The client of roles and keys, with which answers a change makes stale. */
export const rolesApi = consoleApi.enhanceEndpoints({
  addTagTypes: tagged.addTagTypes,
  endpoints: {
    listRoles: { providesTags: ['Roles'] },
    createRole: { invalidatesTags: ['Roles'] },
    changeRole: { invalidatesTags: ['Roles', 'Grants', 'Keys', 'Me'] },
    listGrants: { providesTags: ['Grants'] },
    grantRole: { invalidatesTags: ['Grants', 'Roles', 'Keys', 'Me'] },
    revokeGrant: { invalidatesTags: ['Grants', 'Roles', 'Keys', 'Me'] },
    setUserRole: { invalidatesTags: ['Grants', 'Roles', 'Users', 'Me'] },
    getUserAccess: { providesTags: ['Grants', 'Roles'] },
    explainAccess: { providesTags: ['Grants', 'Roles'] },
    listApiKeys: { providesTags: ['Keys'] },
    rotateApiKey: { invalidatesTags: ['Keys'] },
    revokeApiKey: { invalidatesTags: ['Keys'] },
    listServiceAccounts: { providesTags: ['Keys'] },
    createServiceAccount: { invalidatesTags: ['Keys'] },
    getServiceAccount: { providesTags: ['Keys', 'Grants'] },
    changeServiceAccount: { invalidatesTags: ['Keys'] },
    createServiceAccountKey: { invalidatesTags: ['Keys'] },
  },
});

accountApi.enhanceEndpoints({
  addTagTypes: tagged.addTagTypes,
  endpoints: {
    listMyApiKeys: { providesTags: ['Keys'] },
    createMyApiKey: { invalidatesTags: ['Keys'] },
    rotateMyApiKey: { invalidatesTags: ['Keys'] },
    revokeMyApiKey: { invalidatesTags: ['Keys'] },
  },
});

export {
  useCreateMyApiKeyMutation,
  useListMyApiKeysQuery,
  useRevokeMyApiKeyMutation,
  useRotateMyApiKeyMutation,
} from '../../api/account/generated.ts';
export * from '../../api/console/generated.ts';
