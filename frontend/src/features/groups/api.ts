import { consoleApi } from '../../api/console/generated.ts';

/** The client of groups, with which answers a change makes stale. */
export const groupsApi = consoleApi.enhanceEndpoints({
  addTagTypes: ['Groups'],
  endpoints: {
    listGroups: { providesTags: ['Groups'] },
    getGroup: { providesTags: ['Groups'] },
    listGroupMembers: { providesTags: ['Groups'] },
    listGroupCourses: { providesTags: ['Groups'] },
    createGroup: { invalidatesTags: ['Groups'] },
    updateGroup: { invalidatesTags: ['Groups'] },
    addGroupMembers: { invalidatesTags: ['Groups'] },
    removeGroupMembers: { invalidatesTags: ['Groups'] },
    setGroupMember: { invalidatesTags: ['Groups'] },
    assignGroupCourse: { invalidatesTags: ['Groups'] },
    unassignGroupCourse: { invalidatesTags: ['Groups'] },
  },
});

/** Deletes a group; who shows it goes elsewhere first, so nothing is asked for again. */
export const { useDeleteGroupMutation } = groupsApi;
export {
  type GroupCard,
  type GroupCourseCard,
  type Member,
  type MembersChanged,
  useAddGroupMembersMutation,
  useAssignGroupCourseMutation,
  useCreateGroupMutation,
  useGetGroupQuery,
  useListGroupCoursesQuery,
  useListGroupMembersQuery,
  useListGroupsQuery,
  useListUsersQuery,
  useRemoveGroupMembersMutation,
  useSetGroupMemberMutation,
  useUnassignGroupCourseMutation,
  useUpdateGroupMutation,
} from '../../api/console/generated.ts';
