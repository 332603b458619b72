import { consoleApi } from '../../api/console/generated.ts';

/** The client of the site as a whole, with which answers a change makes stale. */
export const tenantApi = consoleApi.enhanceEndpoints({
  addTagTypes: ['Domains', 'Limits', 'Deletion', 'Exports'],
  endpoints: {
    listDomains: { providesTags: ['Domains'] },
    addDomain: { invalidatesTags: ['Domains'] },
    proveDomain: { invalidatesTags: ['Domains'] },
    changeDomain: { invalidatesTags: ['Domains'] },
    removeDomain: { invalidatesTags: ['Domains'] },
    getTenantLimits: { providesTags: ['Limits'] },
    getTenantDeletion: { providesTags: ['Deletion'] },
    scheduleTenantDeletion: { invalidatesTags: ['Deletion'] },
    cancelTenantDeletion: { invalidatesTags: ['Deletion'] },
    listTenantExports: { providesTags: ['Exports'] },
    requestTenantExport: { invalidatesTags: ['Exports'] },
  },
});

export {
  type DomainRecord,
  type TenantExport,
  type Usage,
  useAddDomainMutation,
  useCancelTenantDeletionMutation,
  useChangeDomainMutation,
  useGetTenantDeletionQuery,
  useGetTenantLimitsQuery,
  useLinkTenantExportMutation,
  useListDomainsQuery,
  useListTenantExportsQuery,
  useProveDomainMutation,
  useRemoveDomainMutation,
  useRequestTenantExportMutation,
  useScheduleTenantDeletionMutation,
} from '../../api/console/generated.ts';
