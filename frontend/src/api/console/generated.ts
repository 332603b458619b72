import { api } from "@questline/ui-sdk";
const injectedRtkApi = api.injectEndpoints({
  endpoints: (build) => ({
    listPermissions: build.query<
      ListPermissionsApiResponse,
      ListPermissionsApiArg
    >({
      query: () => ({ url: `/api/v1/permissions` }),
    }),
    listRoles: build.query<ListRolesApiResponse, ListRolesApiArg>({
      query: () => ({ url: `/api/v1/roles` }),
    }),
    createRole: build.mutation<CreateRoleApiResponse, CreateRoleApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/roles`,
        method: "POST",
        body: queryArg,
      }),
    }),
    changeRole: build.mutation<ChangeRoleApiResponse, ChangeRoleApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/roles/${queryArg.slug}`,
        method: "PUT",
        body: queryArg.changeRole,
      }),
    }),
    deleteRole: build.mutation<DeleteRoleApiResponse, DeleteRoleApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/roles/${queryArg}`,
        method: "DELETE",
      }),
    }),
    listGrants: build.query<ListGrantsApiResponse, ListGrantsApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/grants`,
        params: {
          subject_id: queryArg.subjectId,
          course_id: queryArg.courseId,
          group_id: queryArg.groupId,
          role: queryArg.role,
          cursor: queryArg.cursor,
          limit: queryArg.limit,
        },
      }),
    }),
    grantRole: build.mutation<GrantRoleApiResponse, GrantRoleApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/grants`,
        method: "POST",
        body: queryArg,
      }),
    }),
    revokeGrant: build.mutation<RevokeGrantApiResponse, RevokeGrantApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/grants/${queryArg}`,
        method: "DELETE",
      }),
    }),
    setUserRole: build.mutation<SetUserRoleApiResponse, SetUserRoleApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/users/${queryArg.userId}/role`,
        method: "PUT",
        body: queryArg.setUserRole,
      }),
    }),
    getUserAccess: build.query<GetUserAccessApiResponse, GetUserAccessApiArg>({
      query: (queryArg) => ({ url: `/api/v1/users/${queryArg}/access` }),
    }),
    explainAccess: build.query<ExplainAccessApiResponse, ExplainAccessApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/users/${queryArg.userId}/access/explanation`,
        params: {
          permission: queryArg.permission,
          course_id: queryArg.courseId,
          group_id: queryArg.groupId,
        },
      }),
    }),
    listApiKeys: build.query<ListApiKeysApiResponse, ListApiKeysApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/api-keys`,
        params: {
          owner_id: queryArg,
        },
      }),
    }),
    rotateApiKey: build.mutation<RotateApiKeyApiResponse, RotateApiKeyApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/api-keys/${queryArg.keyId}/rotation`,
        method: "POST",
        body: queryArg.rotateKey,
      }),
    }),
    revokeApiKey: build.mutation<RevokeApiKeyApiResponse, RevokeApiKeyApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/api-keys/${queryArg}`,
        method: "DELETE",
      }),
    }),
    listServiceAccounts: build.query<
      ListServiceAccountsApiResponse,
      ListServiceAccountsApiArg
    >({
      query: () => ({ url: `/api/v1/service-accounts` }),
    }),
    createServiceAccount: build.mutation<
      CreateServiceAccountApiResponse,
      CreateServiceAccountApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/service-accounts`,
        method: "POST",
        body: queryArg,
      }),
    }),
    getServiceAccount: build.query<
      GetServiceAccountApiResponse,
      GetServiceAccountApiArg
    >({
      query: (queryArg) => ({ url: `/api/v1/service-accounts/${queryArg}` }),
    }),
    changeServiceAccount: build.mutation<
      ChangeServiceAccountApiResponse,
      ChangeServiceAccountApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/service-accounts/${queryArg.accountId}`,
        method: "PUT",
        body: queryArg.changeServiceAccount,
      }),
    }),
    deleteServiceAccount: build.mutation<
      DeleteServiceAccountApiResponse,
      DeleteServiceAccountApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/service-accounts/${queryArg}`,
        method: "DELETE",
      }),
    }),
    createServiceAccountKey: build.mutation<
      CreateServiceAccountKeyApiResponse,
      CreateServiceAccountKeyApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/service-accounts/${queryArg.accountId}/api-keys`,
        method: "POST",
        body: queryArg.newApiKey,
      }),
    }),
    issueClientToken: build.mutation<
      IssueClientTokenApiResponse,
      IssueClientTokenApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/oauth/token`,
        method: "POST",
        body: queryArg,
      }),
    }),
    listAuditEntries: build.query<
      ListAuditEntriesApiResponse,
      ListAuditEntriesApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/audit`,
        params: {
          actor_id: queryArg.actorId,
          action: queryArg.action,
          subject_type: queryArg.subjectType,
          subject_id: queryArg.subjectId,
          since: queryArg.since,
          until: queryArg.until,
          cursor: queryArg.cursor,
          limit: queryArg.limit,
        },
      }),
    }),
    exportAuditEntries: build.query<
      ExportAuditEntriesApiResponse,
      ExportAuditEntriesApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/audit/export`,
        params: {
          actor_id: queryArg.actorId,
          action: queryArg.action,
          subject_type: queryArg.subjectType,
          subject_id: queryArg.subjectId,
          since: queryArg.since,
          until: queryArg.until,
          format: queryArg.format,
        },
      }),
    }),
    listUsers: build.query<ListUsersApiResponse, ListUsersApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/users`,
        params: {
          search: queryArg.search,
          sort: queryArg.sort,
          role: queryArg.role,
          status: queryArg.status,
          cursor: queryArg.cursor,
          limit: queryArg.limit,
        },
      }),
    }),
    getSignInSettings: build.query<
      GetSignInSettingsApiResponse,
      GetSignInSettingsApiArg
    >({
      query: () => ({ url: `/api/v1/tenant/sign-in` }),
    }),
    setSignInSettings: build.mutation<
      SetSignInSettingsApiResponse,
      SetSignInSettingsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/tenant/sign-in`,
        method: "PUT",
        body: queryArg,
      }),
    }),
    listInvitations: build.query<
      ListInvitationsApiResponse,
      ListInvitationsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/invitations`,
        params: {
          cursor: queryArg.cursor,
          limit: queryArg.limit,
        },
      }),
    }),
    invite: build.mutation<InviteApiResponse, InviteApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/invitations`,
        method: "POST",
        body: queryArg,
      }),
    }),
    withdrawInvitation: build.mutation<
      WithdrawInvitationApiResponse,
      WithdrawInvitationApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/invitations/${queryArg}`,
        method: "DELETE",
      }),
    }),
    getProfile: build.query<GetProfileApiResponse, GetProfileApiArg>({
      query: () => ({ url: `/api/v1/profile` }),
    }),
    changeProfile: build.mutation<
      ChangeProfileApiResponse,
      ChangeProfileApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/profile`,
        method: "PATCH",
        body: queryArg,
      }),
    }),
    setAvatar: build.mutation<SetAvatarApiResponse, SetAvatarApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/profile/avatar`,
        method: "PUT",
        body: queryArg,
      }),
    }),
    removeAvatar: build.mutation<RemoveAvatarApiResponse, RemoveAvatarApiArg>({
      query: () => ({ url: `/api/v1/profile/avatar`, method: "DELETE" }),
    }),
    listTimeZones: build.query<ListTimeZonesApiResponse, ListTimeZonesApiArg>({
      query: () => ({ url: `/api/v1/time-zones` }),
    }),
    getAvatar: build.query<GetAvatarApiResponse, GetAvatarApiArg>({
      query: (queryArg) => ({ url: `/api/v1/avatars/${queryArg}` }),
    }),
    getUser: build.query<GetUserApiResponse, GetUserApiArg>({
      query: (queryArg) => ({ url: `/api/v1/users/${queryArg}` }),
    }),
    changeUser: build.mutation<ChangeUserApiResponse, ChangeUserApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/users/${queryArg.userId}`,
        method: "PATCH",
        body: queryArg.changePerson,
      }),
    }),
    removeUserAvatar: build.mutation<
      RemoveUserAvatarApiResponse,
      RemoveUserAvatarApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/${queryArg}/avatar`,
        method: "DELETE",
      }),
    }),
    changeUserEmail: build.mutation<
      ChangeUserEmailApiResponse,
      ChangeUserEmailApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/${queryArg.userId}/email`,
        method: "PUT",
        body: queryArg.changeEmail,
      }),
    }),
    sendPasswordReset: build.mutation<
      SendPasswordResetApiResponse,
      SendPasswordResetApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/${queryArg}/password-reset`,
        method: "POST",
      }),
    }),
    suspendUser: build.mutation<SuspendUserApiResponse, SuspendUserApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/users/${queryArg}/suspension`,
        method: "POST",
      }),
    }),
    reactivateUser: build.mutation<
      ReactivateUserApiResponse,
      ReactivateUserApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/${queryArg}/suspension`,
        method: "DELETE",
      }),
    }),
    listUserSessions: build.query<
      ListUserSessionsApiResponse,
      ListUserSessionsApiArg
    >({
      query: (queryArg) => ({ url: `/api/v1/users/${queryArg}/sessions` }),
    }),
    endUserSessions: build.mutation<
      EndUserSessionsApiResponse,
      EndUserSessionsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/${queryArg}/sessions`,
        method: "DELETE",
      }),
    }),
    listImportColumns: build.query<
      ListImportColumnsApiResponse,
      ListImportColumnsApiArg
    >({
      query: () => ({ url: `/api/v1/users/imports/columns` }),
    }),
    listUserImports: build.query<
      ListUserImportsApiResponse,
      ListUserImportsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/imports`,
        params: {
          cursor: queryArg.cursor,
          limit: queryArg.limit,
        },
      }),
    }),
    startUserImport: build.mutation<
      StartUserImportApiResponse,
      StartUserImportApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/imports`,
        method: "POST",
        body: queryArg,
      }),
    }),
    getUserImport: build.query<GetUserImportApiResponse, GetUserImportApiArg>({
      query: (queryArg) => ({ url: `/api/v1/users/imports/${queryArg}` }),
    }),
    removeUserImport: build.mutation<
      RemoveUserImportApiResponse,
      RemoveUserImportApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/imports/${queryArg}`,
        method: "DELETE",
      }),
    }),
    listUserImportProblems: build.query<
      ListUserImportProblemsApiResponse,
      ListUserImportProblemsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/imports/${queryArg.importId}/problems`,
        params: {
          cursor: queryArg.cursor,
          limit: queryArg.limit,
        },
      }),
    }),
    getUserImportReport: build.query<
      GetUserImportReportApiResponse,
      GetUserImportReportApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/imports/${queryArg}/report`,
      }),
    }),
    runUserImport: build.mutation<
      RunUserImportApiResponse,
      RunUserImportApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/imports/${queryArg.importId}/run`,
        method: "POST",
        body: queryArg.runImport,
      }),
    }),
    continueUserImport: build.mutation<
      ContinueUserImportApiResponse,
      ContinueUserImportApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/imports/${queryArg}/continuation`,
        method: "POST",
      }),
    }),
    listGroups: build.query<ListGroupsApiResponse, ListGroupsApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/groups`,
        params: {
          search: queryArg.search,
          kind: queryArg.kind,
          sort: queryArg.sort,
          cursor: queryArg.cursor,
          limit: queryArg.limit,
        },
      }),
    }),
    createGroup: build.mutation<CreateGroupApiResponse, CreateGroupApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/groups`,
        method: "POST",
        body: queryArg,
      }),
    }),
    getGroup: build.query<GetGroupApiResponse, GetGroupApiArg>({
      query: (queryArg) => ({ url: `/api/v1/groups/${queryArg}` }),
    }),
    deleteGroup: build.mutation<DeleteGroupApiResponse, DeleteGroupApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/groups/${queryArg}`,
        method: "DELETE",
      }),
    }),
    updateGroup: build.mutation<UpdateGroupApiResponse, UpdateGroupApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/groups/${queryArg.groupId}`,
        method: "PATCH",
        body: queryArg.groupChanges,
      }),
    }),
    listGroupMembers: build.query<
      ListGroupMembersApiResponse,
      ListGroupMembersApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/groups/${queryArg.groupId}/members`,
        params: {
          search: queryArg.search,
          sort: queryArg.sort,
          cursor: queryArg.cursor,
          limit: queryArg.limit,
        },
      }),
    }),
    addGroupMembers: build.mutation<
      AddGroupMembersApiResponse,
      AddGroupMembersApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/groups/${queryArg.groupId}/members`,
        method: "POST",
        body: queryArg.newMembers,
      }),
    }),
    removeGroupMembers: build.mutation<
      RemoveGroupMembersApiResponse,
      RemoveGroupMembersApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/groups/${queryArg.groupId}/removal`,
        method: "POST",
        body: queryArg.people,
      }),
    }),
    setGroupMember: build.mutation<
      SetGroupMemberApiResponse,
      SetGroupMemberApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/groups/${queryArg.groupId}/members/${queryArg.userId}`,
        method: "PUT",
        body: queryArg.setMember,
      }),
    }),
    listGroupCourses: build.query<
      ListGroupCoursesApiResponse,
      ListGroupCoursesApiArg
    >({
      query: (queryArg) => ({ url: `/api/v1/groups/${queryArg}/courses` }),
    }),
    assignGroupCourse: build.mutation<
      AssignGroupCourseApiResponse,
      AssignGroupCourseApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/groups/${queryArg.groupId}/courses/${queryArg.courseId}`,
        method: "PUT",
      }),
    }),
    unassignGroupCourse: build.mutation<
      UnassignGroupCourseApiResponse,
      UnassignGroupCourseApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/groups/${queryArg.groupId}/courses/${queryArg.courseId}`,
        method: "DELETE",
      }),
    }),
    listPlugins: build.query<ListPluginsApiResponse, ListPluginsApiArg>({
      query: () => ({ url: `/api/v1/plugins` }),
    }),
    getPlugin: build.query<GetPluginApiResponse, GetPluginApiArg>({
      query: (queryArg) => ({ url: `/api/v1/plugins/${queryArg}` }),
    }),
    setPluginEnabled: build.mutation<
      SetPluginEnabledApiResponse,
      SetPluginEnabledApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/plugins/${queryArg.pluginId}/enabled`,
        method: "PUT",
        body: queryArg.setPluginEnabled,
      }),
    }),
    getPluginSettings: build.query<
      GetPluginSettingsApiResponse,
      GetPluginSettingsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/plugins/${queryArg.pluginId}/settings`,
        params: {
          course_id: queryArg.courseId,
        },
      }),
    }),
    updatePluginSettings: build.mutation<
      UpdatePluginSettingsApiResponse,
      UpdatePluginSettingsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/plugins/${queryArg.pluginId}/settings`,
        method: "PUT",
        body: queryArg.body,
        params: {
          course_id: queryArg.courseId,
        },
      }),
    }),
    getMyPrivacy: build.query<GetMyPrivacyApiResponse, GetMyPrivacyApiArg>({
      query: () => ({ url: `/api/v1/privacy/mine` }),
    }),
    requestMyExport: build.mutation<
      RequestMyExportApiResponse,
      RequestMyExportApiArg
    >({
      query: () => ({ url: `/api/v1/privacy/mine/exports`, method: "POST" }),
    }),
    linkMyArchive: build.mutation<
      LinkMyArchiveApiResponse,
      LinkMyArchiveApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/mine/exports/${queryArg}/link`,
        method: "POST",
      }),
    }),
    downloadArchive: build.query<
      DownloadArchiveApiResponse,
      DownloadArchiveApiArg
    >({
      query: (queryArg) => ({ url: `/api/v1/privacy/archives/${queryArg}` }),
    }),
    requestMyErasure: build.mutation<
      RequestMyErasureApiResponse,
      RequestMyErasureApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/mine/erasure`,
        method: "POST",
        body: queryArg,
      }),
    }),
    cancelMyRequest: build.mutation<
      CancelMyRequestApiResponse,
      CancelMyRequestApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/mine/requests/${queryArg}`,
        method: "DELETE",
      }),
    }),
    giveConsents: build.mutation<GiveConsentsApiResponse, GiveConsentsApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/privacy/mine/consents`,
        method: "POST",
        body: queryArg,
      }),
    }),
    chooseSelling: build.mutation<
      ChooseSellingApiResponse,
      ChooseSellingApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/mine/do-not-sell`,
        method: "PUT",
        body: queryArg,
      }),
    }),
    listPrivacyDocuments: build.query<
      ListPrivacyDocumentsApiResponse,
      ListPrivacyDocumentsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/documents`,
        params: {
          locale: queryArg,
        },
      }),
    }),
    getArchiveKeys: build.query<
      GetArchiveKeysApiResponse,
      GetArchiveKeysApiArg
    >({
      query: () => ({ url: `/api/v1/privacy/keys` }),
    }),
    listPrivacyRequests: build.query<
      ListPrivacyRequestsApiResponse,
      ListPrivacyRequestsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/requests`,
        params: {
          kind: queryArg.kind,
          state: queryArg.state,
          cursor: queryArg.cursor,
          limit: queryArg.limit,
        },
      }),
    }),
    makePrivacyRequest: build.mutation<
      MakePrivacyRequestApiResponse,
      MakePrivacyRequestApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/requests`,
        method: "POST",
        body: queryArg,
      }),
    }),
    getPrivacyRequest: build.query<
      GetPrivacyRequestApiResponse,
      GetPrivacyRequestApiArg
    >({
      query: (queryArg) => ({ url: `/api/v1/privacy/requests/${queryArg}` }),
    }),
    cancelPrivacyRequest: build.mutation<
      CancelPrivacyRequestApiResponse,
      CancelPrivacyRequestApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/requests/${queryArg}/cancellation`,
        method: "POST",
      }),
    }),
    linkPrivacyArchive: build.mutation<
      LinkPrivacyArchiveApiResponse,
      LinkPrivacyArchiveApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/requests/${queryArg}/link`,
        method: "POST",
      }),
    }),
    listLegalHolds: build.query<
      ListLegalHoldsApiResponse,
      ListLegalHoldsApiArg
    >({
      query: () => ({ url: `/api/v1/privacy/holds` }),
    }),
    setLegalHold: build.mutation<SetLegalHoldApiResponse, SetLegalHoldApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/privacy/holds`,
        method: "POST",
        body: queryArg,
      }),
    }),
    liftLegalHold: build.mutation<
      LiftLegalHoldApiResponse,
      LiftLegalHoldApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/holds/${queryArg.holdId}/lifting`,
        method: "POST",
        body: queryArg.liftHold,
      }),
    }),
    getRetention: build.query<GetRetentionApiResponse, GetRetentionApiArg>({
      query: () => ({ url: `/api/v1/privacy/retention` }),
    }),
    setPrivacySettings: build.mutation<
      SetPrivacySettingsApiResponse,
      SetPrivacySettingsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/settings`,
        method: "PUT",
        body: queryArg,
      }),
    }),
    getProcessingRegister: build.query<
      GetProcessingRegisterApiResponse,
      GetProcessingRegisterApiArg
    >({
      query: () => ({ url: `/api/v1/privacy/register` }),
    }),
    exportProcessingRegister: build.query<
      ExportProcessingRegisterApiResponse,
      ExportProcessingRegisterApiArg
    >({
      query: () => ({ url: `/api/v1/privacy/register/export` }),
    }),
    listDocumentVersions: build.query<
      ListDocumentVersionsApiResponse,
      ListDocumentVersionsApiArg
    >({
      query: () => ({ url: `/api/v1/privacy/document-versions` }),
    }),
    saveDocumentDraft: build.mutation<
      SaveDocumentDraftApiResponse,
      SaveDocumentDraftApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/documents/${queryArg.kind}/draft`,
        method: "PUT",
        body: queryArg.draft,
      }),
    }),
    discardDocumentDraft: build.mutation<
      DiscardDocumentDraftApiResponse,
      DiscardDocumentDraftApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/documents/${queryArg}/draft`,
        method: "DELETE",
      }),
    }),
    publishDocument: build.mutation<
      PublishDocumentApiResponse,
      PublishDocumentApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/documents/${queryArg}/publication`,
        method: "POST",
      }),
    }),
    retireDocument: build.mutation<
      RetireDocumentApiResponse,
      RetireDocumentApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/documents/${queryArg}/retirement`,
        method: "POST",
      }),
    }),
    listParentalConsents: build.query<
      ListParentalConsentsApiResponse,
      ListParentalConsentsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/parental-consents`,
        params: {
          search: queryArg.search,
          given: queryArg.given,
          cursor: queryArg.cursor,
          limit: queryArg.limit,
        },
      }),
    }),
    setPersonPrivacy: build.mutation<
      SetPersonPrivacyApiResponse,
      SetPersonPrivacyApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/people/${queryArg.userId}`,
        method: "PUT",
        body: queryArg.personPrivacy,
      }),
    }),
    askParent: build.mutation<AskParentApiResponse, AskParentApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/privacy/mine/parent`,
        method: "POST",
        body: queryArg,
      }),
    }),
    getParentsQuestion: build.mutation<
      GetParentsQuestionApiResponse,
      GetParentsQuestionApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/parents/question`,
        method: "POST",
        body: queryArg,
      }),
    }),
    answerAsParent: build.mutation<
      AnswerAsParentApiResponse,
      AnswerAsParentApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/privacy/parents/answer`,
        method: "POST",
        body: queryArg,
      }),
    }),
    listPacks: build.query<ListPacksApiResponse, ListPacksApiArg>({
      query: () => ({ url: `/api/v1/packs` }),
    }),
    getPack: build.query<GetPackApiResponse, GetPackApiArg>({
      query: (queryArg) => ({ url: `/api/v1/packs/${queryArg}` }),
    }),
    setPackEnabled: build.mutation<
      SetPackEnabledApiResponse,
      SetPackEnabledApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/packs/${queryArg.packId}/enabled`,
        method: "PUT",
        body: queryArg.setPackEnabled,
      }),
    }),
    listDomains: build.query<ListDomainsApiResponse, ListDomainsApiArg>({
      query: () => ({ url: `/api/v1/tenant/domains` }),
    }),
    addDomain: build.mutation<AddDomainApiResponse, AddDomainApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/tenant/domains`,
        method: "POST",
        body: queryArg,
      }),
    }),
    proveDomain: build.mutation<ProveDomainApiResponse, ProveDomainApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/tenant/domains/${queryArg}/proof`,
        method: "POST",
      }),
    }),
    removeDomain: build.mutation<RemoveDomainApiResponse, RemoveDomainApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/tenant/domains/${queryArg}`,
        method: "DELETE",
      }),
    }),
    changeDomain: build.mutation<ChangeDomainApiResponse, ChangeDomainApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/tenant/domains/${queryArg.hostName}`,
        method: "PATCH",
        body: queryArg.changeDomain,
      }),
    }),
    getTenantLimits: build.query<
      GetTenantLimitsApiResponse,
      GetTenantLimitsApiArg
    >({
      query: () => ({ url: `/api/v1/tenant/limits` }),
    }),
    getTenantDeletion: build.query<
      GetTenantDeletionApiResponse,
      GetTenantDeletionApiArg
    >({
      query: () => ({ url: `/api/v1/tenant/deletion` }),
    }),
    scheduleTenantDeletion: build.mutation<
      ScheduleTenantDeletionApiResponse,
      ScheduleTenantDeletionApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/tenant/deletion`,
        method: "POST",
        body: queryArg,
      }),
    }),
    cancelTenantDeletion: build.mutation<
      CancelTenantDeletionApiResponse,
      CancelTenantDeletionApiArg
    >({
      query: () => ({ url: `/api/v1/tenant/deletion`, method: "DELETE" }),
    }),
    listTenantExports: build.query<
      ListTenantExportsApiResponse,
      ListTenantExportsApiArg
    >({
      query: () => ({ url: `/api/v1/tenant/exports` }),
    }),
    requestTenantExport: build.mutation<
      RequestTenantExportApiResponse,
      RequestTenantExportApiArg
    >({
      query: () => ({ url: `/api/v1/tenant/exports`, method: "POST" }),
    }),
    linkTenantExport: build.mutation<
      LinkTenantExportApiResponse,
      LinkTenantExportApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/tenant/exports/${queryArg}/link`,
        method: "POST",
      }),
    }),
    downloadTenantArchive: build.query<
      DownloadTenantArchiveApiResponse,
      DownloadTenantArchiveApiArg
    >({
      query: (queryArg) => ({ url: `/api/v1/tenant/archives/${queryArg}` }),
    }),
    listThemes: build.query<ListThemesApiResponse, ListThemesApiArg>({
      query: () => ({ url: `/api/v1/themes` }),
    }),
    getThemeEditor: build.query<
      GetThemeEditorApiResponse,
      GetThemeEditorApiArg
    >({
      query: () => ({ url: `/api/v1/tenant/theme` }),
    }),
    setTheme: build.mutation<SetThemeApiResponse, SetThemeApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/tenant/theme`,
        method: "PUT",
        body: queryArg,
      }),
    }),
    saveTheme: build.mutation<SaveThemeApiResponse, SaveThemeApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/tenant/theme/changes`,
        method: "PUT",
        body: queryArg,
      }),
    }),
    uploadLogo: build.mutation<UploadLogoApiResponse, UploadLogoApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/tenant/theme/logos`,
        method: "POST",
        body: queryArg,
      }),
    }),
    listWebhooks: build.query<ListWebhooksApiResponse, ListWebhooksApiArg>({
      query: () => ({ url: `/api/v1/webhooks` }),
    }),
    createWebhook: build.mutation<
      CreateWebhookApiResponse,
      CreateWebhookApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/webhooks`,
        method: "POST",
        body: queryArg,
      }),
    }),
    listWebhookEventTypes: build.query<
      ListWebhookEventTypesApiResponse,
      ListWebhookEventTypesApiArg
    >({
      query: () => ({ url: `/api/v1/webhooks/event-types` }),
    }),
    getWebhook: build.query<GetWebhookApiResponse, GetWebhookApiArg>({
      query: (queryArg) => ({ url: `/api/v1/webhooks/${queryArg}` }),
    }),
    deleteWebhook: build.mutation<
      DeleteWebhookApiResponse,
      DeleteWebhookApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/webhooks/${queryArg}`,
        method: "DELETE",
      }),
    }),
    updateWebhook: build.mutation<
      UpdateWebhookApiResponse,
      UpdateWebhookApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/webhooks/${queryArg.webhookId}`,
        method: "PATCH",
        body: queryArg.webhookChanges,
      }),
    }),
    rotateWebhookSecret: build.mutation<
      RotateWebhookSecretApiResponse,
      RotateWebhookSecretApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/webhooks/${queryArg}/secret`,
        method: "POST",
      }),
    }),
    pingWebhook: build.mutation<PingWebhookApiResponse, PingWebhookApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/webhooks/${queryArg}/ping`,
        method: "POST",
      }),
    }),
    listWebhookDeliveries: build.query<
      ListWebhookDeliveriesApiResponse,
      ListWebhookDeliveriesApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/webhooks/${queryArg.webhookId}/deliveries`,
        params: {
          state: queryArg.state,
          cursor: queryArg.cursor,
          limit: queryArg.limit,
        },
      }),
    }),
    getWebhookDelivery: build.query<
      GetWebhookDeliveryApiResponse,
      GetWebhookDeliveryApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/webhooks/${queryArg.webhookId}/deliveries/${queryArg.deliveryId}`,
      }),
    }),
    redeliverWebhook: build.mutation<
      RedeliverWebhookApiResponse,
      RedeliverWebhookApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/webhooks/${queryArg.webhookId}/deliveries/${queryArg.deliveryId}/redelivery`,
        method: "POST",
      }),
    }),
    getEdgeSettings: build.query<
      GetEdgeSettingsApiResponse,
      GetEdgeSettingsApiArg
    >({
      query: () => ({ url: `/api/v1/tenant/edge` }),
    }),
    setEdgeSettings: build.mutation<
      SetEdgeSettingsApiResponse,
      SetEdgeSettingsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/tenant/edge`,
        method: "PUT",
        body: queryArg,
      }),
    }),
  }),
  overrideExisting: false,
});
export { injectedRtkApi as consoleApi };
export type ListPermissionsApiResponse =
  /** status 200 Request fulfilled, document follows */ PermissionCatalogue;
export type ListPermissionsApiArg = void;
export type ListRolesApiResponse =
  /** status 200 Request fulfilled, document follows */ RoleList;
export type ListRolesApiArg = void;
export type CreateRoleApiResponse =
  /** status 201 Document created, URL follows */ RoleCard;
export type CreateRoleApiArg = NewRole;
export type ChangeRoleApiResponse =
  /** status 200 Request fulfilled, document follows */ RoleCard;
export type ChangeRoleApiArg = {
  slug: string;
  changeRole: ChangeRole;
};
export type DeleteRoleApiResponse = unknown;
export type DeleteRoleApiArg = string;
export type ListGrantsApiResponse =
  /** status 200 Request fulfilled, document follows */ PageGrant;
export type ListGrantsApiArg = {
  subjectId?: string | null;
  courseId?: string | null;
  groupId?: string | null;
  /** Only this role. */
  role?: string | null;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
  /** The most items to answer with. */
  limit?: number;
};
export type GrantRoleApiResponse =
  /** status 201 Document created, URL follows */ Grant;
export type GrantRoleApiArg = NewGrant;
export type RevokeGrantApiResponse = unknown;
export type RevokeGrantApiArg = string;
export type SetUserRoleApiResponse =
  /** status 200 Request fulfilled, document follows */ UserAccess;
export type SetUserRoleApiArg = {
  userId: string;
  setUserRole: SetUserRole;
};
export type GetUserAccessApiResponse =
  /** status 200 Request fulfilled, document follows */ UserAccess;
export type GetUserAccessApiArg = string;
export type ExplainAccessApiResponse =
  /** status 200 Request fulfilled, document follows */ Explanation;
export type ExplainAccessApiArg = {
  userId: string;
  /** The permission asked for. */
  permission: string;
  courseId?: string | null;
  groupId?: string | null;
};
export type ListApiKeysApiResponse =
  /** status 200 Request fulfilled, document follows */ ApiKeyCard[];
export type ListApiKeysApiArg =
  | /** Only those of this person or service account. */ (string | null)
  | undefined;
export type RotateApiKeyApiResponse =
  /** status 201 Document created, URL follows */ MadeApiKey;
export type RotateApiKeyApiArg = {
  keyId: string;
  rotateKey: RotateKey;
};
export type RevokeApiKeyApiResponse = unknown;
export type RevokeApiKeyApiArg = string;
export type ListServiceAccountsApiResponse =
  /** status 200 Request fulfilled, document follows */ ServiceAccounts;
export type ListServiceAccountsApiArg = void;
export type CreateServiceAccountApiResponse =
  /** status 201 Document created, URL follows */ ServiceAccountDetails;
export type CreateServiceAccountApiArg = NewServiceAccount;
export type GetServiceAccountApiResponse =
  /** status 200 Request fulfilled, document follows */ ServiceAccountDetails;
export type GetServiceAccountApiArg = string;
export type ChangeServiceAccountApiResponse =
  /** status 200 Request fulfilled, document follows */ ServiceAccountDetails;
export type ChangeServiceAccountApiArg = {
  accountId: string;
  changeServiceAccount: ChangeServiceAccount;
};
export type DeleteServiceAccountApiResponse = unknown;
export type DeleteServiceAccountApiArg = string;
export type CreateServiceAccountKeyApiResponse =
  /** status 201 Document created, URL follows */ MadeApiKey;
export type CreateServiceAccountKeyApiArg = {
  accountId: string;
  newApiKey: NewApiKey;
};
export type IssueClientTokenApiResponse =
  /** status 200 Request fulfilled, document follows */ ClientToken;
export type IssueClientTokenApiArg = TokenRequest;
export type ListAuditEntriesApiResponse =
  /** status 200 Request fulfilled, document follows */ PageAuditRecord;
export type ListAuditEntriesApiArg = {
  actorId?: string | null;
  /** Exactly this. */
  action?: string | null;
  /** Exactly this. */
  subjectType?: string | null;
  /** Exactly this. */
  subjectId?: string | null;
  /** ISO 8601, with its zone. */
  since?: string | null;
  /** ISO 8601, with its zone. */
  until?: string | null;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
  /** Entries on a page. */
  limit?: number;
};
export type ExportAuditEntriesApiResponse =
  /** status 200 Additional response */ string;
export type ExportAuditEntriesApiArg = {
  actorId?: string | null;
  /** Exactly this. */
  action?: string | null;
  /** Exactly this. */
  subjectType?: string | null;
  /** Exactly this. */
  subjectId?: string | null;
  /** ISO 8601, with its zone. */
  since?: string | null;
  /** ISO 8601, with its zone. */
  until?: string | null;
  format?: "csv" | "jsonl" | "cef";
};
export type ListUsersApiResponse =
  /** status 200 Request fulfilled, document follows */ PagePerson;
export type ListUsersApiArg = {
  /** Part of a name or of an e-mail address. */
  search?: string | null;
  /** What to sort by; `-` turns the order round. */
  sort?:
    | "display_name"
    | "-display_name"
    | "created_at"
    | "-created_at"
    | "role"
    | "-role"
    | "email"
    | "-email";
  /** Only those with this role. */
  role?:
    | ("owner" | "admin" | "author" | "instructor" | "learner" | "guest" | null)
    | (
        "owner" | "admin" | "author" | "instructor" | "learner" | "guest" | null
      );
  /** Only those who are active, or suspended. */
  status?: ("active" | "suspended" | null) | ("active" | "suspended" | null);
  /** `next_cursor` of the page before. */
  cursor?: string | null;
  /** The most items to answer with. */
  limit?: number;
};
export type GetSignInSettingsApiResponse =
  /** status 200 Request fulfilled, document follows */ SignInSettings;
export type GetSignInSettingsApiArg = void;
export type SetSignInSettingsApiResponse =
  /** status 200 Request fulfilled, document follows */ SignInSettings;
export type SetSignInSettingsApiArg = SetSignInSettings;
export type ListInvitationsApiResponse =
  /** status 200 Request fulfilled, document follows */ PageInvitation;
export type ListInvitationsApiArg = {
  /** `next_cursor` of the page before. */
  cursor?: string | null;
  /** The most items to answer with. */
  limit?: number;
};
export type InviteApiResponse =
  /** status 201 Document created, URL follows */ InvitationsSent;
export type InviteApiArg = Invite;
export type WithdrawInvitationApiResponse = unknown;
export type WithdrawInvitationApiArg = string;
export type GetProfileApiResponse =
  /** status 200 Request fulfilled, document follows */ Profile;
export type GetProfileApiArg = void;
export type ChangeProfileApiResponse =
  /** status 200 Request fulfilled, document follows */ Profile;
export type ChangeProfileApiArg = ChangeProfile;
export type SetAvatarApiResponse =
  /** status 200 Request fulfilled, document follows */ Profile;
export type SetAvatarApiArg = UploadAvatar;
export type RemoveAvatarApiResponse = unknown;
export type RemoveAvatarApiArg = void;
export type ListTimeZonesApiResponse =
  /** status 200 Request fulfilled, document follows */ TimeZones;
export type ListTimeZonesApiArg = void;
export type GetAvatarApiResponse =
  /** status 200 Request fulfilled, document follows */ string;
export type GetAvatarApiArg = string;
export type GetUserApiResponse =
  /** status 200 Request fulfilled, document follows */ PersonDetails;
export type GetUserApiArg = string;
export type ChangeUserApiResponse =
  /** status 200 Request fulfilled, document follows */ PersonDetails;
export type ChangeUserApiArg = {
  userId: string;
  changePerson: ChangePerson;
};
export type RemoveUserAvatarApiResponse = unknown;
export type RemoveUserAvatarApiArg = string;
export type ChangeUserEmailApiResponse =
  /** status 200 Request fulfilled, document follows */ PersonDetails;
export type ChangeUserEmailApiArg = {
  userId: string;
  changeEmail: ChangeEmail;
};
export type SendPasswordResetApiResponse =
  /** status 200 Request fulfilled, document follows */ MailedLink;
export type SendPasswordResetApiArg = string;
export type SuspendUserApiResponse =
  /** status 200 Request fulfilled, document follows */ PersonDetails;
export type SuspendUserApiArg = string;
export type ReactivateUserApiResponse =
  /** status 200 Request fulfilled, document follows */ PersonDetails;
export type ReactivateUserApiArg = string;
export type ListUserSessionsApiResponse =
  /** status 200 Request fulfilled, document follows */ SessionList;
export type ListUserSessionsApiArg = string;
export type EndUserSessionsApiResponse = unknown;
export type EndUserSessionsApiArg = string;
export type ListImportColumnsApiResponse =
  /** status 200 Request fulfilled, document follows */ ImportColumns;
export type ListImportColumnsApiArg = void;
export type ListUserImportsApiResponse =
  /** status 200 Request fulfilled, document follows */ PageImportCard;
export type ListUserImportsApiArg = {
  /** `next_cursor` of the page before. */
  cursor?: string | null;
  /** The most items to answer with. */
  limit?: number;
};
export type StartUserImportApiResponse =
  /** status 201 Document created, URL follows */ ImportCard;
export type StartUserImportApiArg = StartImport;
export type GetUserImportApiResponse =
  /** status 200 Request fulfilled, document follows */ ImportCard;
export type GetUserImportApiArg = string;
export type RemoveUserImportApiResponse = unknown;
export type RemoveUserImportApiArg = string;
export type ListUserImportProblemsApiResponse =
  /** status 200 Request fulfilled, document follows */ PageImportProblem;
export type ListUserImportProblemsApiArg = {
  importId: string;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
  /** The most items to answer with. */
  limit?: number;
};
export type GetUserImportReportApiResponse =
  /** status 200 Additional response */ string;
export type GetUserImportReportApiArg = string;
export type RunUserImportApiResponse =
  /** status 201 Document created, URL follows */ ImportCard;
export type RunUserImportApiArg = {
  importId: string;
  runImport: RunImport;
};
export type ContinueUserImportApiResponse =
  /** status 200 Request fulfilled, document follows */ ImportCard;
export type ContinueUserImportApiArg = string;
export type ListGroupsApiResponse =
  /** status 200 Request fulfilled, document follows */ PageGroupCard;
export type ListGroupsApiArg = {
  /** Part of a name, slug or description. */
  search?: string | null;
  /** Only groups or only cohorts. */
  kind?: ("group" | "cohort" | null) | ("group" | "cohort" | null);
  /** What to sort by; `-` turns the order round. */
  sort?:
    | "name"
    | "-name"
    | "created_at"
    | "-created_at"
    | "starts_on"
    | "-starts_on";
  /** `next_cursor` of the page before. */
  cursor?: string | null;
  /** The most items to answer with. */
  limit?: number;
};
export type CreateGroupApiResponse =
  /** status 201 Document created, URL follows */ GroupCard;
export type CreateGroupApiArg = NewGroup;
export type GetGroupApiResponse =
  /** status 200 Request fulfilled, document follows */ GroupCard;
export type GetGroupApiArg = string;
export type DeleteGroupApiResponse = unknown;
export type DeleteGroupApiArg = string;
export type UpdateGroupApiResponse =
  /** status 200 Request fulfilled, document follows */ GroupCard;
export type UpdateGroupApiArg = {
  groupId: string;
  groupChanges: GroupChanges;
};
export type ListGroupMembersApiResponse =
  /** status 200 Request fulfilled, document follows */ PageMember;
export type ListGroupMembersApiArg = {
  groupId: string;
  /** Part of a name or of an e-mail address. */
  search?: string | null;
  /** What to sort by; `-` turns the order round. */
  sort?: "display_name" | "-display_name" | "added_at" | "-added_at";
  /** `next_cursor` of the page before. */
  cursor?: string | null;
  /** The most items to answer with. */
  limit?: number;
};
export type AddGroupMembersApiResponse =
  /** status 200 Request fulfilled, document follows */ MembersChanged;
export type AddGroupMembersApiArg = {
  groupId: string;
  newMembers: NewMembers;
};
export type RemoveGroupMembersApiResponse =
  /** status 200 Request fulfilled, document follows */ MembersChanged;
export type RemoveGroupMembersApiArg = {
  groupId: string;
  people: People;
};
export type SetGroupMemberApiResponse = unknown;
export type SetGroupMemberApiArg = {
  groupId: string;
  userId: string;
  setMember: SetMember;
};
export type ListGroupCoursesApiResponse =
  /** status 200 Request fulfilled, document follows */ GroupCourses;
export type ListGroupCoursesApiArg = string;
export type AssignGroupCourseApiResponse = unknown;
export type AssignGroupCourseApiArg = {
  groupId: string;
  courseId: string;
};
export type UnassignGroupCourseApiResponse = unknown;
export type UnassignGroupCourseApiArg = {
  groupId: string;
  courseId: string;
};
export type ListPluginsApiResponse =
  /** status 200 Request fulfilled, document follows */ PluginList;
export type ListPluginsApiArg = void;
export type GetPluginApiResponse =
  /** status 200 Request fulfilled, document follows */ PluginDetails;
export type GetPluginApiArg = string;
export type SetPluginEnabledApiResponse =
  /** status 200 Request fulfilled, document follows */ PluginDetails;
export type SetPluginEnabledApiArg = {
  pluginId: string;
  setPluginEnabled: SetPluginEnabled;
};
export type GetPluginSettingsApiResponse =
  /** status 200 Request fulfilled, document follows */ PluginSettingsForm;
export type GetPluginSettingsApiArg = {
  pluginId: string;
  /** As it holds in this course; left out = on the site. */
  courseId?: string | null;
};
export type UpdatePluginSettingsApiResponse =
  /** status 200 Request fulfilled, document follows */ PluginSettingsForm;
export type UpdatePluginSettingsApiArg = {
  pluginId: string;
  /** As it holds in this course; left out = on the site. */
  courseId?: string | null;
  body: {
    [key: string]: any;
  };
};
export type GetMyPrivacyApiResponse =
  /** status 200 Request fulfilled, document follows */ MyPrivacy;
export type GetMyPrivacyApiArg = void;
export type RequestMyExportApiResponse =
  /** status 201 Document created, URL follows */ RequestCard;
export type RequestMyExportApiArg = void;
export type LinkMyArchiveApiResponse =
  /** status 200 Request fulfilled, document follows */ ArchiveLink;
export type LinkMyArchiveApiArg = string;
export type DownloadArchiveApiResponse =
  /** status 200 Additional response */ string;
export type DownloadArchiveApiArg = string;
export type RequestMyErasureApiResponse =
  /** status 201 Document created, URL follows */ RequestCard;
export type RequestMyErasureApiArg = ConfirmErasure;
export type CancelMyRequestApiResponse =
  /** status 200 Request fulfilled, document follows */ RequestCard;
export type CancelMyRequestApiArg = string;
export type GiveConsentsApiResponse = unknown;
export type GiveConsentsApiArg = GiveConsents;
export type ChooseSellingApiResponse = unknown;
export type ChooseSellingApiArg = ChooseSelling;
export type ListPrivacyDocumentsApiResponse =
  /** status 200 Request fulfilled, document follows */ Documents;
export type ListPrivacyDocumentsApiArg =
  /** A BCP 47 tag. */ string | undefined;
export type GetArchiveKeysApiResponse =
  /** status 200 Request fulfilled, document follows */ KeySet;
export type GetArchiveKeysApiArg = void;
export type ListPrivacyRequestsApiResponse =
  /** status 200 Request fulfilled, document follows */ PagePrivacyRequestCard;
export type ListPrivacyRequestsApiArg = {
  /** Only exports or only erasures. */
  kind?: ("export" | "erasure" | null) | ("export" | "erasure" | null);
  /** Only requests in this state. */
  state?:
    | (
        | "waiting"
        | "held"
        | "running"
        | "done"
        | "failed"
        | "cancelled"
        | "expired"
        | null
      )
    | (
        | "waiting"
        | "held"
        | "running"
        | "done"
        | "failed"
        | "cancelled"
        | "expired"
        | null
      );
  /** `next_cursor` of the page before. */
  cursor?: string | null;
  /** The most items to answer with. */
  limit?: number;
};
export type MakePrivacyRequestApiResponse =
  /** status 201 Document created, URL follows */ PrivacyRequestCard;
export type MakePrivacyRequestApiArg = MakeRequest;
export type GetPrivacyRequestApiResponse =
  /** status 200 Request fulfilled, document follows */ PrivacyRequestCard;
export type GetPrivacyRequestApiArg = string;
export type CancelPrivacyRequestApiResponse =
  /** status 200 Request fulfilled, document follows */ PrivacyRequestCard;
export type CancelPrivacyRequestApiArg = string;
export type LinkPrivacyArchiveApiResponse =
  /** status 200 Request fulfilled, document follows */ ArchiveLink;
export type LinkPrivacyArchiveApiArg = string;
export type ListLegalHoldsApiResponse =
  /** status 200 Request fulfilled, document follows */ Holds;
export type ListLegalHoldsApiArg = void;
export type SetLegalHoldApiResponse =
  /** status 201 Document created, URL follows */ HoldCard;
export type SetLegalHoldApiArg = SetHold;
export type LiftLegalHoldApiResponse =
  /** status 200 Request fulfilled, document follows */ HoldCard;
export type LiftLegalHoldApiArg = {
  holdId: string;
  liftHold: LiftHold;
};
export type GetRetentionApiResponse =
  /** status 200 Request fulfilled, document follows */ RetentionPlan;
export type GetRetentionApiArg = void;
export type SetPrivacySettingsApiResponse =
  /** status 200 Request fulfilled, document follows */ PrivacyRules;
export type SetPrivacySettingsApiArg = PrivacyRules;
export type GetProcessingRegisterApiResponse =
  /** status 200 Request fulfilled, document follows */ RegisterOfProcessing;
export type GetProcessingRegisterApiArg = void;
export type ExportProcessingRegisterApiResponse =
  /** status 200 Additional response */ string;
export type ExportProcessingRegisterApiArg = void;
export type ListDocumentVersionsApiResponse =
  /** status 200 Request fulfilled, document follows */ DocumentVersions;
export type ListDocumentVersionsApiArg = void;
export type SaveDocumentDraftApiResponse =
  /** status 200 Request fulfilled, document follows */ DocumentVersion;
export type SaveDocumentDraftApiArg = {
  kind: string;
  draft: Draft;
};
export type DiscardDocumentDraftApiResponse = unknown;
export type DiscardDocumentDraftApiArg = string;
export type PublishDocumentApiResponse =
  /** status 200 Request fulfilled, document follows */ DocumentVersion;
export type PublishDocumentApiArg = string;
export type RetireDocumentApiResponse = unknown;
export type RetireDocumentApiArg = string;
export type ListParentalConsentsApiResponse =
  /** status 200 Request fulfilled, document follows */ PageParentalConsent;
export type ListParentalConsentsApiArg = {
  /** Part of a name or of an address. */
  search?: string | null;
  /** Only those for whom a parent has agreed, or has not. */
  given?: boolean | null;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
  /** The most items to answer with. */
  limit?: number;
};
export type SetPersonPrivacyApiResponse = unknown;
export type SetPersonPrivacyApiArg = {
  userId: string;
  personPrivacy: PersonPrivacy;
};
export type AskParentApiResponse = unknown;
export type AskParentApiArg = NameParent;
export type GetParentsQuestionApiResponse =
  /** status 200 Request fulfilled, document follows */ ParentsQuestion;
export type GetParentsQuestionApiArg = ParentsLink;
export type AnswerAsParentApiResponse = unknown;
export type AnswerAsParentApiArg = ParentsAnswer;
export type ListPacksApiResponse =
  /** status 200 Request fulfilled, document follows */ PackList;
export type ListPacksApiArg = void;
export type GetPackApiResponse =
  /** status 200 Request fulfilled, document follows */ PackDetails;
export type GetPackApiArg = string;
export type SetPackEnabledApiResponse =
  /** status 200 Request fulfilled, document follows */ PackDetails;
export type SetPackEnabledApiArg = {
  packId: string;
  setPackEnabled: SetPackEnabled;
};
export type ListDomainsApiResponse =
  /** status 200 Request fulfilled, document follows */ DomainList;
export type ListDomainsApiArg = void;
export type AddDomainApiResponse =
  /** status 201 Document created, URL follows */ DomainRecord;
export type AddDomainApiArg = AddDomain;
export type ProveDomainApiResponse =
  /** status 200 Request fulfilled, document follows */ DomainRecord;
export type ProveDomainApiArg = string;
export type RemoveDomainApiResponse = unknown;
export type RemoveDomainApiArg = string;
export type ChangeDomainApiResponse =
  /** status 200 Request fulfilled, document follows */ DomainRecord;
export type ChangeDomainApiArg = {
  hostName: string;
  changeDomain: ChangeDomain;
};
export type GetTenantLimitsApiResponse =
  /** status 200 Request fulfilled, document follows */ UsageList;
export type GetTenantLimitsApiArg = void;
export type GetTenantDeletionApiResponse =
  /** status 200 Request fulfilled, document follows */ DeletionPlan;
export type GetTenantDeletionApiArg = void;
export type ScheduleTenantDeletionApiResponse =
  /** status 200 Request fulfilled, document follows */ DeletionPlan;
export type ScheduleTenantDeletionApiArg = ScheduleDeletion;
export type CancelTenantDeletionApiResponse = unknown;
export type CancelTenantDeletionApiArg = void;
export type ListTenantExportsApiResponse =
  /** status 200 Request fulfilled, document follows */ TenantExports;
export type ListTenantExportsApiArg = void;
export type RequestTenantExportApiResponse =
  /** status 201 Document created, URL follows */ TenantExport;
export type RequestTenantExportApiArg = void;
export type LinkTenantExportApiResponse =
  /** status 200 Request fulfilled, document follows */ TenantArchiveLink;
export type LinkTenantExportApiArg = string;
export type DownloadTenantArchiveApiResponse =
  /** status 200 Additional response */ string;
export type DownloadTenantArchiveApiArg = string;
export type ListThemesApiResponse =
  /** status 200 Request fulfilled, document follows */ ThemeList;
export type ListThemesApiArg = void;
export type GetThemeEditorApiResponse =
  /** status 200 Request fulfilled, document follows */ ThemeEditor;
export type GetThemeEditorApiArg = void;
export type SetThemeApiResponse =
  /** status 200 Request fulfilled, document follows */ ThemeManifest;
export type SetThemeApiArg = SetTheme;
export type SaveThemeApiResponse =
  /** status 200 Request fulfilled, document follows */ ThemeEditor;
export type SaveThemeApiArg = SaveTheme;
export type UploadLogoApiResponse =
  /** status 201 Document created, URL follows */ StoredLogo;
export type UploadLogoApiArg = UploadLogo;
export type ListWebhooksApiResponse =
  /** status 200 Request fulfilled, document follows */ PageWebhookCard;
export type ListWebhooksApiArg = void;
export type CreateWebhookApiResponse =
  /** status 201 Document created, URL follows */ WebhookSecret;
export type CreateWebhookApiArg = NewWebhook;
export type ListWebhookEventTypesApiResponse =
  /** status 200 Request fulfilled, document follows */ EventTypeCard[];
export type ListWebhookEventTypesApiArg = void;
export type GetWebhookApiResponse =
  /** status 200 Request fulfilled, document follows */ WebhookCard;
export type GetWebhookApiArg = string;
export type DeleteWebhookApiResponse = unknown;
export type DeleteWebhookApiArg = string;
export type UpdateWebhookApiResponse =
  /** status 200 Request fulfilled, document follows */ WebhookCard;
export type UpdateWebhookApiArg = {
  webhookId: string;
  webhookChanges: WebhookChanges;
};
export type RotateWebhookSecretApiResponse =
  /** status 201 Document created, URL follows */ WebhookSecret;
export type RotateWebhookSecretApiArg = string;
export type PingWebhookApiResponse =
  /** status 202 Request accepted, processing continues off-line */ DeliveryCard;
export type PingWebhookApiArg = string;
export type ListWebhookDeliveriesApiResponse =
  /** status 200 Request fulfilled, document follows */ PageDeliveryCard;
export type ListWebhookDeliveriesApiArg = {
  webhookId: string;
  /** Only deliveries in this state. */
  state?:
    | ("pending" | "delivered" | "failed" | null)
    | ("pending" | "delivered" | "failed" | null);
  /** `next_cursor` of the page before. */
  cursor?: string | null;
  /** Deliveries on a page. */
  limit?: number;
};
export type GetWebhookDeliveryApiResponse =
  /** status 200 Request fulfilled, document follows */ DeliveryLog;
export type GetWebhookDeliveryApiArg = {
  webhookId: string;
  deliveryId: string;
};
export type RedeliverWebhookApiResponse =
  /** status 202 Request accepted, processing continues off-line */ DeliveryCard;
export type RedeliverWebhookApiArg = {
  webhookId: string;
  deliveryId: string;
};
export type GetEdgeSettingsApiResponse =
  /** status 200 Request fulfilled, document follows */ EdgeSettings;
export type GetEdgeSettingsApiArg = void;
export type SetEdgeSettingsApiResponse =
  /** status 200 Request fulfilled, document follows */ EdgeSettings;
export type SetEdgeSettingsApiArg = NewEdgeSettings;
export type PermissionInfo = {
  name: string;
  title: string;
  mine: boolean;
};
export type PermissionGroup = {
  plugin: string;
  title: string;
  permissions: PermissionInfo[];
};
export type PermissionCatalogue = {
  groups: PermissionGroup[];
};
export type FieldError = {
  field: string;
  message: string;
};
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  request_id?: string | null;
  errors?: FieldError[];
};
export type RoleCard = {
  slug: string;
  name: string;
  description: string;
  built_in: boolean;
  permissions: string[];
  by_packs: string[];
  holders: number;
};
export type RoleList = {
  roles: RoleCard[];
};
export type NewRole = {
  /** Names the role in grants; never changes. */
  slug: string;
  /** Shown to people. */
  name: string;
  /** What it is for. */
  description?: string;
  permissions: string[];
};
export type ChangeRole = {
  /** Shown to people. */
  name: string;
  /** What it is for. */
  description?: string;
  permissions: string[];
};
export type Subject = {
  kind: "user" | "service";
  id: string;
  name: string;
  email?: string | null;
};
export type Scope = {
  kind: "tenant" | "course" | "group";
  id?: string | null;
  name?: string | null;
};
export type Grant = {
  id: string;
  subject: Subject;
  role: string;
  role_name: string;
  scope: Scope;
  granted_by: Subject | null;
  granted_at: string;
};
export type PageGrant = {
  items: Grant[];
  next_cursor?: string | null;
  total?: number | null;
};
export type NewGrant = {
  /** Names the role in grants; never changes. */
  role: string;
  user_id?: string | null;
  service_account_id?: string | null;
  course_id?: string | null;
  group_id?: string | null;
};
export type UserAccess = {
  user: Subject;
  status: "active" | "suspended";
  role: "owner" | "admin" | "author" | "instructor" | "learner" | "guest";
  role_since: string | null;
  role_by: Subject | null;
  grants: Grant[];
  permissions: string[];
  narrow: string[];
  manageable: boolean;
};
export type SetUserRole = {
  role: "owner" | "admin" | "author" | "instructor" | "learner" | "guest";
};
export type Reason = {
  role: string;
  role_name: string;
  source: "built_in" | "custom" | "pack";
  pack: string | null;
  scope: Scope;
  grant_id: string | null;
  given_by: Subject | null;
  given_at: string | null;
  covers: boolean;
};
export type RoleReference = {
  slug: string;
  name: string;
};
export type Explanation = {
  user: Subject;
  permission: string;
  title: string;
  plugin: string;
  plugin_title: string;
  scope: Scope;
  allowed: boolean;
  obstacles: (
    | "suspended"
    | "second_factor"
    | "plugin_off"
    | "unknown_permission"
    | "no_role"
  )[];
  reasons: Reason[];
  held_by: RoleReference[];
};
export type ApiKeyCard = {
  id: string;
  owner: Subject;
  name: string;
  prefix: string;
  permissions: string[] | null;
  state: "active" | "expired" | "revoked";
  created_at: string;
  created_by: Subject | null;
  expires_at: string | null;
  last_used_at: string | null;
  rotated: boolean;
};
export type MadeApiKey = {
  key: string;
  card: ApiKeyCard;
};
export type RotateKey = {
  overlap_hours?: number;
  /** Days until it expires. */
  expires_in_days?: number | null;
};
export type ServiceAccountCard = {
  id: string;
  name: string;
  description: string;
  status: "active" | "suspended";
  created_at: string;
  created_by: Subject | null;
  keys: number;
  last_used_at: string | null;
};
export type ServiceAccounts = {
  service_accounts: ServiceAccountCard[];
};
export type ServiceAccountDetails = {
  account: ServiceAccountCard;
  grants: Grant[];
  permissions: string[];
  keys: ApiKeyCard[];
};
export type NewServiceAccount = {
  /** Shown to people. */
  name: string;
  /** What it is for. */
  description?: string;
};
export type ChangeServiceAccount = {
  /** Shown to people. */
  name: string;
  /** What it is for. */
  description?: string;
  status?: "active" | "suspended";
};
export type NewApiKey = {
  /** Shown to people. */
  name: string;
  permissions?: string[] | null;
  /** Days until it expires. */
  expires_in_days?: number | null;
};
export type ClientToken = {
  access_token: string;
  token_type?: "Bearer";
  expires_in: number;
  scope: string;
};
export type TokenError = {
  error:
    | "invalid_request"
    | "invalid_client"
    | "invalid_scope"
    | "unsupported_grant_type";
  error_description: string;
};
export type TokenRequest = {
  /** `client_credentials`. */
  grant_type?: string;
  /** Permissions with spaces between. */
  scope?: string | null;
  /** The service account's id. */
  client_id?: string | null;
  /** One of its API keys. */
  client_secret?: string | null;
};
export type AuditRecord = {
  number: number;
  at: string;
  actor_id: string | null;
  actor_name: string | null;
  on_behalf_of: string | null;
  action: string;
  subject_type: string;
  subject_id: string | null;
  details: {
    [key: string]: any;
  };
  address: string | null;
  request_id: string | null;
  hash: string;
  on_behalf_of_name?: string | null;
};
export type PageAuditRecord = {
  items: AuditRecord[];
  next_cursor?: string | null;
  total?: number | null;
};
export type Person = {
  id: string;
  email: string;
  display_name: string;
  role: "owner" | "admin" | "author" | "instructor" | "learner" | "guest";
  status: "active" | "suspended";
  avatar_url: string | null;
  created_at: string;
  last_seen_at: string | null;
};
export type PagePerson = {
  items: Person[];
  next_cursor?: string | null;
  total?: number | null;
};
export type SignInPolicy = {
  domains?: string[];
  verify_email?: boolean;
  idle_days?: number | null;
  longest_days?: number | null;
  second_factor_roles?: (
    "owner" | "admin" | "author" | "instructor" | "learner" | "guest"
  )[];
  impersonation?: boolean;
  remember_device_days?: number;
};
export type SignInSettings = {
  sign_up: "open" | "invitation" | "domains" | "closed";
  policy: SignInPolicy;
  sends_mail: boolean;
  idle_days: number;
  longest_days: number;
};
export type SetSignInSettings = {
  sign_up: "open" | "invitation" | "domains" | "closed";
  policy: SignInPolicy;
};
export type Invitation = {
  id: string;
  email: string;
  role: "owner" | "admin" | "author" | "instructor" | "learner" | "guest";
  inviter: string;
  created_at: string;
  expires_at: string;
};
export type PageInvitation = {
  items: Invitation[];
  next_cursor?: string | null;
  total?: number | null;
};
export type InvitationSent = {
  email: string;
  outcome: "invited" | "has_account";
  link: string | null;
};
export type InvitationsSent = {
  invitations: InvitationSent[];
};
export type Invite = {
  emails: string[];
  role?: "owner" | "admin" | "author" | "instructor" | "learner" | "guest";
  /** A BCP 47 language tag: language, script, region. */
  locale?: string;
};
export type Choice = {
  value: string;
  label: {
    [key: string]: string;
  };
};
export type CustomField = {
  name: string;
  plugin: string;
  label: {
    [key: string]: string;
  };
  purpose: {
    [key: string]: string;
  };
  kind: "text" | "long_text" | "number" | "boolean" | "date" | "choice";
  choices: Choice[];
  max_length: number;
  seen_by: "everyone" | "self" | "managers";
  editable: boolean;
  value: string | number | number | boolean | null;
};
export type Profile = {
  id: string;
  email: string;
  display_name: string;
  given_name: string | null;
  family_name: string | null;
  locale: string;
  time_zone: string;
  avatar_url: string | null;
  avatar_large_url: string | null;
  fields: CustomField[];
};
export type ChangeProfile = {
  /** The name others see. */
  display_name?: string;
  /** Part of somebody's name; empty for none. */
  given_name?: string;
  /** Part of somebody's name; empty for none. */
  family_name?: string;
  /** A BCP 47 language tag: language, script, region. */
  locale?: string;
  /** An IANA time zone. */
  time_zone?: string;
  fields?: {
    [key: string]: string | number | number | boolean | null;
  };
};
export type UploadAvatar = {
  content: string;
};
export type TimeZones = {
  time_zones: string[];
};
export type PersonDetails = {
  profile: Profile;
  role: string;
  status: "active" | "suspended";
  external_id: string | null;
  email_verified: boolean;
  has_password: boolean;
  has_second_factor: boolean;
  created_at: string;
  last_seen_at: string | null;
  live_sessions: number;
  manageable: boolean;
  can_impersonate: boolean;
};
export type ChangePerson = {
  /** The name others see. */
  display_name?: string;
  /** Part of somebody's name; empty for none. */
  given_name?: string;
  /** Part of somebody's name; empty for none. */
  family_name?: string;
  /** A BCP 47 language tag: language, script, region. */
  locale?: string;
  /** An IANA time zone. */
  time_zone?: string;
  fields?: {
    [key: string]: string | number | number | boolean | null;
  };
  /** What another system calls the person; empty for nothing. */
  external_id?: string;
};
export type ChangeEmail = {
  /** An e-mail address; upper and lower case are the same. */
  email: string;
};
export type MailedLink = {
  email: string;
  link: string | null;
};
export type SessionCard = {
  id: string;
  current: boolean;
  browser: string | null;
  system: string | null;
  mobile: boolean;
  address: string | null;
  created_at: string;
  last_used_at: string;
  expires_at: string;
  opened_by?: string | null;
  reason?: string | null;
};
export type SessionList = {
  sessions: SessionCard[];
};
export type ImportColumn = {
  name: string;
  also: string[];
  label: {
    [key: string]: string;
  };
};
export type ImportColumns = {
  columns: ImportColumn[];
};
export type ImportCard = {
  id: string;
  file_name: string;
  dry_run: boolean;
  invite: boolean;
  state: "running" | "finished" | "failed" | "stopped";
  problem: string | null;
  rows: number;
  done: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  has_file: boolean;
  by: string | null;
  created_at: string;
  finished_at: string | null;
};
export type PageImportCard = {
  items: ImportCard[];
  next_cursor?: string | null;
  total?: number | null;
};
export type StartImport = {
  file_name: string;
  content: string;
  dry_run?: boolean;
  invite?: boolean;
};
export type ImportProblem = {
  id: string;
  line: number;
  column: string;
  code: string;
  message: string;
};
export type PageImportProblem = {
  items: ImportProblem[];
  next_cursor?: string | null;
  total?: number | null;
};
export type RunImport = {
  invite?: boolean;
};
export type GroupCard = {
  id: string;
  slug: string;
  name: string;
  description: string;
  kind: "group" | "cohort";
  starts_on: string | null;
  ends_on: string | null;
  external_id: string | null;
  created_at: string;
  changed_at: string;
  member_count: number;
  course_count: number;
};
export type PageGroupCard = {
  items: GroupCard[];
  next_cursor?: string | null;
  total?: number | null;
};
export type NewGroup = {
  /** The name people see. */
  name: string;
  /** The group's name in addresses and commands. */
  slug?: string | null;
  /** What the group is for. */
  description?: string;
  kind?: "group" | "cohort";
  starts_on?: string | null;
  ends_on?: string | null;
  /** What another system that keeps the group calls it. */
  external_id?: string | null;
};
export type GroupChanges = {
  /** The name people see. */
  name?: string;
  /** The group's name in addresses and commands. */
  slug?: string;
  /** What the group is for. */
  description?: string;
  kind?: "group" | "cohort";
  starts_on?: string | null;
  ends_on?: string | null;
  /** What another system that keeps the group calls it. */
  external_id?: string | null;
};
export type Member = {
  user_id: string;
  email: string;
  display_name: string;
  avatar_url: string | null;
  status: "active" | "suspended";
  manager: boolean;
  source: string;
  added_at: string;
};
export type PageMember = {
  items: Member[];
  next_cursor?: string | null;
  total?: number | null;
};
export type RowProblem = {
  row: number;
  value: string;
  code: "unknown_user" | "given_twice" | "not_a_member";
  message: string;
};
export type MembersChanged = {
  changed: number;
  unchanged: number;
  problems: RowProblem[];
};
export type NewMembers = {
  /** Ids or e-mail addresses of users. */
  people: string[];
  manager?: boolean;
};
export type People = {
  /** Ids or e-mail addresses of users. */
  people: string[];
};
export type SetMember = {
  manager: boolean;
};
export type GroupCourseCard = {
  course_id: string;
  slug: string;
  title: string;
  assigned_at: string;
  enrolled_members: number;
  completed_members: number;
};
export type GroupCourses = {
  courses: GroupCourseCard[];
};
export type State =
  | "active"
  | "disabled"
  | "incompatible"
  | "failed"
  | "blocked"
  | "needs_migration";
export type InstalledPlugin = {
  id: string;
  title: string;
  version: string;
  summary: string;
  state: State;
  reason: string | null;
  enabled: boolean;
  scope: "system" | "tenant";
  requires: string[];
  dependants: string[];
  packs: string[];
  permissions: string[];
  has_settings: boolean;
  has_course_settings: boolean;
};
export type PluginList = {
  plugins: InstalledPlugin[];
};
export type HealthSubject = "code" | "schema" | "pages" | "jobs";
export type HealthCheck = {
  subject: HealthSubject;
  ok: boolean;
  detail: string | null;
};
export type PluginPermission = {
  name: string;
  title: string;
  roles: string[];
};
export type PluginDetails = {
  id: string;
  title: string;
  version: string;
  summary: string;
  state: State;
  reason: string | null;
  enabled: boolean;
  scope: "system" | "tenant";
  requires: string[];
  dependants: string[];
  packs: string[];
  permissions: string[];
  has_settings: boolean;
  has_course_settings: boolean;
  optional: string[];
  capabilities: string[];
  health: HealthCheck[];
  permission_details: PluginPermission[];
  listens_to: string[];
  block_types: string[];
  has_pages: boolean;
  changelog_html: string | null;
};
export type SetPluginEnabled = {
  enabled: boolean;
  with_others?: boolean;
};
export type Level = "default" | "system" | "pack" | "tenant" | "course";
export type Source = {
  level: Level;
  pack?: string | null;
};
export type PluginSettingsForm = {
  plugin_id: string;
  course_id: string | null;
  schema: {
    [key: string]: any;
  };
  values: {
    [key: string]: any;
  };
  inherited: {
    [key: string]: any;
  };
  own: string[];
  sources: {
    [key: string]: Source;
  };
  filled_secrets: string[];
};
export type RequestCard = {
  id: string;
  kind: "export" | "erasure";
  state:
    | "waiting"
    | "held"
    | "running"
    | "done"
    | "failed"
    | "cancelled"
    | "expired";
  requested_at: string;
  due_at: string;
  started_at: string | null;
  finished_at: string | null;
  expires_at: string | null;
  step: string | null;
  done: number;
  total: number;
  archive_bytes: number | null;
  archive_sha256: string | null;
  problem: string | null;
};
export type ConsentCard = {
  kind: string;
  version: number;
  required: boolean;
  language: string;
  title: string;
  question: string;
  body_html: string;
  given: boolean | null;
  at: string | null;
};
export type ConsentWord = {
  kind: string;
  version: number;
  given: boolean;
  at: string;
  source: string;
  language: string;
};
export type MyPrivacy = {
  email: string;
  recent: boolean;
  requests: RequestCard[];
  grace_days: number;
  archive_days: number;
  consents: ConsentCard[];
  history: ConsentWord[];
  do_not_sell: boolean;
  do_not_sell_at: string | null;
  browser_opted_out: boolean;
  minors: boolean;
  parent_needed: boolean;
  parent_email: string | null;
  parent_asked_at: string | null;
  parent_answer: ("agreed" | "refused" | null) | ("agreed" | "refused" | null);
  contact: string;
};
export type ArchiveLink = {
  url: string;
  expires_at: string;
};
export type ConfirmErasure = {
  confirmation: string;
};
export type Answer = {
  kind: string;
  version: number;
  given: boolean;
};
export type GiveConsents = {
  consents: Answer[];
  source?: "gate" | "privacy_page";
};
export type ChooseSelling = {
  do_not_sell: boolean;
};
export type Documents = {
  documents: ConsentCard[];
};
export type JsonWebKey = {
  kid: string;
  x: string;
  kty?: string;
  crv?: string;
  alg?: string;
  use?: string;
};
export type KeySet = {
  keys: JsonWebKey[];
};
export type PersonRef = {
  id: string;
  display_name: string;
  email: string;
};
export type PrivacyRequestCard = {
  id: string;
  kind: "export" | "erasure";
  state:
    | "waiting"
    | "held"
    | "running"
    | "done"
    | "failed"
    | "cancelled"
    | "expired";
  requested_at: string;
  due_at: string;
  started_at: string | null;
  finished_at: string | null;
  expires_at: string | null;
  step: string | null;
  done: number;
  total: number;
  archive_bytes: number | null;
  archive_sha256: string | null;
  problem: string | null;
  person: PersonRef | null;
  by_person: boolean;
  report?: {
    [key: string]: any;
  } | null;
};
export type PagePrivacyRequestCard = {
  items: PrivacyRequestCard[];
  next_cursor?: string | null;
  total?: number | null;
};
export type MakeRequest = {
  email: string;
  kind: "export" | "erasure";
};
export type HoldCard = {
  id: string;
  person: PersonRef;
  reason: string;
  set_at: string;
  set_by: string | null;
  lifted_at: string | null;
  lift_reason: string | null;
};
export type Holds = {
  holds: HoldCard[];
};
export type SetHold = {
  email: string;
  reason: string;
};
export type LiftHold = {
  reason: string;
};
export type Schedule = {
  table: string;
  owner: string;
  after: string;
  declared_days: number;
  days: number;
  due?: number;
};
export type PrivacyRules = {
  grace_days?: number;
  archive_days?: number;
  minors?: boolean;
  parental_consent_needed?: boolean;
  retention?: {
    [key: string]: number;
  };
  contact?: string;
};
export type RetentionPlan = {
  schedules: Schedule[];
  rules: PrivacyRules;
};
export type RegisterEntry = {
  owner: string;
  table: string;
  column: string;
  category: string;
  purpose: string;
  retention: string;
  exported: boolean;
  erased: boolean;
};
export type RegisterOfProcessing = {
  entries: RegisterEntry[];
};
export type DocumentText = {
  title: string;
  question: string;
  body?: string;
};
export type DocumentVersion = {
  kind: string;
  version: number;
  required: boolean;
  renews: boolean;
  texts: {
    [key: string]: DocumentText;
  };
  published_at: string | null;
  retired_at: string | null;
  changed_at: string;
  agreed?: number;
};
export type DocumentVersions = {
  versions: DocumentVersion[];
};
export type Draft = {
  required: boolean;
  renews?: boolean;
  texts: {
    [key: string]: DocumentText;
  };
};
export type ParentalConsent = {
  person: PersonRef;
  given: boolean;
  at: string | null;
  noted_by: string | null;
  parent_email: string | null;
  asked_at: string | null;
  answer: ("agreed" | "refused" | null) | ("agreed" | "refused" | null);
};
export type PageParentalConsent = {
  items: ParentalConsent[];
  next_cursor?: string | null;
  total?: number | null;
};
export type PersonPrivacy = {
  parental_consent?: boolean;
  do_not_sell?: boolean;
};
export type NameParent = {
  email: string;
};
export type ParentsQuestion = {
  site: string;
  child: string;
  documents: ConsentCard[];
  contact: string;
};
export type ParentsLink = {
  token: string;
};
export type ParentsAnswer = {
  token: string;
  agrees: boolean;
};
export type PackState = "available" | "enabled" | "incomplete" | "unavailable";
export type PackPlugin = {
  id: string;
  title: string;
  versions: string;
  required: boolean;
  version: string | null;
  enabled: boolean;
  problem: string | null;
};
export type PackTheme = {
  id: string;
  title: string;
};
export type PackCard = {
  id: string;
  title: string;
  version: string;
  summary: string;
  state: PackState;
  reason: string | null;
  enabled: boolean;
  enabled_version: string | null;
  outdated: boolean;
  plugins: PackPlugin[];
  theme: PackTheme | null;
};
export type PackList = {
  packs: PackCard[];
};
export type PackPreset = {
  plugin_id: string;
  field: string;
  title: string;
  value: any;
  overridden: boolean;
};
export type Role =
  "owner" | "admin" | "author" | "instructor" | "learner" | "guest";
export type PackGrant = {
  role: Role;
  permission: string;
  title: string;
};
export type KeepReason =
  "needed_by_pack" | "required_by_plugin" | "on_before" | "system";
export type KeptPlugin = {
  id: string;
  reason: KeepReason;
  by: string[];
};
export type SwitchPlan = {
  starts?: string[];
  stops?: string[];
  keeps?: KeptPlugin[];
  theme?: string | null;
};
export type PackDetails = {
  id: string;
  title: string;
  version: string;
  summary: string;
  state: PackState;
  reason: string | null;
  enabled: boolean;
  enabled_version: string | null;
  outdated: boolean;
  plugins: PackPlugin[];
  theme: PackTheme | null;
  presets: PackPreset[];
  grants: PackGrant[];
  plan: SwitchPlan;
  onboarding_html: string;
  changelog_html: string | null;
};
export type SetPackEnabled = {
  enabled: boolean;
  keep_theme?: boolean;
};
export type DomainRecord = {
  host: string;
  proven: boolean;
  is_primary: boolean;
  redirects: boolean;
  record_name: string;
  record_value: string;
  added_at: string;
  checked_at?: string | null;
  answer?: string | null;
};
export type DomainList = {
  domains: DomainRecord[];
};
export type AddDomain = {
  host_name: string;
};
export type ChangeDomain = {
  is_primary?: boolean | null;
  redirects?: boolean | null;
};
export type Usage = {
  name: string;
  used: number;
  limit: number | null;
  own: boolean;
};
export type UsageList = {
  limits: Usage[];
};
export type DeletionPlan = {
  delete_at: string | null;
  grace_days: number;
};
export type ScheduleDeletion = {
  /** The tenant's slug. */
  confirm: string;
};
export type TenantExport = {
  id: string;
  state: "waiting" | "running" | "done" | "failed" | "cancelled" | "expired";
  requested_at: string;
  finished_at: string | null;
  expires_at: string | null;
  step: string | null;
  done: number;
  total: number | null;
  bytes: number;
  sha256: string;
  rows: number;
  files: number;
};
export type TenantExports = {
  exports: TenantExport[];
};
export type TenantArchiveLink = {
  url: string;
  expires_at: string;
};
export type ThemeManifest = {
  id: string;
  title: string;
  version: string;
  summary: string;
  logo_url: string | null;
  strings?: {
    [key: string]: {
      [key: string]: string;
    };
  };
  illustrations?: {
    [key: string]: string;
  };
};
export type ThemeList = {
  themes: ThemeManifest[];
};
export type ThemeToken = {
  path: string;
  type: string;
  value: any;
  minimum?: number | null;
  maximum?: number | null;
  step?: number | null;
  unit?: string | null;
};
export type Pair = {
  color: string;
  ground: string;
  least: number;
};
export type FontChoice = {
  stack: string[];
  theme: string | null;
};
export type ThemeEditor = {
  theme: ThemeManifest;
  tokens: ThemeToken[];
  overrides: {
    [key: string]: any;
  };
  site_name: string;
  strings: {
    [key: string]: {
      [key: string]: string;
    };
  };
  logo: string | null;
  logo_url: string | null;
  pairs: Pair[];
  fonts: FontChoice[];
  version: number;
  changed_at: string | null;
  changed_by: string | null;
};
export type SetTheme = {
  theme: string;
};
export type SaveTheme = {
  theme: string;
  version: number;
  tokens: {
    [key: string]: any;
  };
  site_name: string;
  strings?: {
    [key: string]: {
      [key: string]: string;
    };
  };
  logo?: string | null;
};
export type StoredLogo = {
  logo: string;
  logo_url: string;
};
export type UploadLogo = {
  content: string;
};
export type WebhookCard = {
  id: string;
  url: string;
  description: string;
  event_types: string[];
  enabled: boolean;
  disabled_reason: ("failing" | "gone" | null) | ("failing" | "gone" | null);
  failing_since: string | null;
  previous_until: string | null;
  created_at: string;
};
export type PageWebhookCard = {
  items: WebhookCard[];
  next_cursor?: string | null;
  total?: number | null;
};
export type WebhookSecret = {
  webhook: WebhookCard;
  secret: string;
};
export type NewWebhook = {
  /** Where messages are posted to: HTTPS, without a name and password in it. */
  url: string;
  /** Types of events, or `*` for all. */
  event_types: string[];
  description?: string;
};
export type EventTypeCard = {
  name: string;
  publisher: string;
  title: string;
};
export type WebhookChanges = {
  /** Where messages are posted to: HTTPS, without a name and password in it. */
  url?: string;
  /** Types of events, or `*` for all. */
  event_types?: string[];
  description?: string;
  enabled?: boolean;
};
export type DeliveryCard = {
  id: string;
  message_id: string;
  event_id: string | null;
  event_type: string;
  occurred_at: string;
  state: "pending" | "delivered" | "failed";
  attempts: number;
  status: number | null;
  error: string | null;
  next_at: string | null;
  finished_at: string | null;
};
export type PageDeliveryCard = {
  items: DeliveryCard[];
  next_cursor?: string | null;
  total?: number | null;
};
export type AttemptCard = {
  number: number;
  started_at: string;
  milliseconds: number;
  status: number | null;
  error: string | null;
  request_headers: {
    [key: string]: string;
  };
  response_headers: {
    [key: string]: string;
  };
  response_body: string;
};
export type DeliveryLog = {
  delivery: DeliveryCard;
  body: string;
  attempts: AttemptCard[];
};
export type ClassRate = {
  route_class: "read" | "write" | "auth" | "upload" | "export" | "ai";
  address: string;
  user: string;
  key: string;
  tenant: string;
  body_bytes: number;
  seconds: number;
};
export type EdgeSettings = {
  origins: string[];
  rates: ClassRate[];
};
export type NewEdgeSettings = {
  origins: string[];
};
export const {
  useListPermissionsQuery,
  useListRolesQuery,
  useCreateRoleMutation,
  useChangeRoleMutation,
  useDeleteRoleMutation,
  useListGrantsQuery,
  useGrantRoleMutation,
  useRevokeGrantMutation,
  useSetUserRoleMutation,
  useGetUserAccessQuery,
  useExplainAccessQuery,
  useListApiKeysQuery,
  useRotateApiKeyMutation,
  useRevokeApiKeyMutation,
  useListServiceAccountsQuery,
  useCreateServiceAccountMutation,
  useGetServiceAccountQuery,
  useChangeServiceAccountMutation,
  useDeleteServiceAccountMutation,
  useCreateServiceAccountKeyMutation,
  useIssueClientTokenMutation,
  useListAuditEntriesQuery,
  useExportAuditEntriesQuery,
  useListUsersQuery,
  useGetSignInSettingsQuery,
  useSetSignInSettingsMutation,
  useListInvitationsQuery,
  useInviteMutation,
  useWithdrawInvitationMutation,
  useGetProfileQuery,
  useChangeProfileMutation,
  useSetAvatarMutation,
  useRemoveAvatarMutation,
  useListTimeZonesQuery,
  useGetAvatarQuery,
  useGetUserQuery,
  useChangeUserMutation,
  useRemoveUserAvatarMutation,
  useChangeUserEmailMutation,
  useSendPasswordResetMutation,
  useSuspendUserMutation,
  useReactivateUserMutation,
  useListUserSessionsQuery,
  useEndUserSessionsMutation,
  useListImportColumnsQuery,
  useListUserImportsQuery,
  useStartUserImportMutation,
  useGetUserImportQuery,
  useRemoveUserImportMutation,
  useListUserImportProblemsQuery,
  useGetUserImportReportQuery,
  useRunUserImportMutation,
  useContinueUserImportMutation,
  useListGroupsQuery,
  useCreateGroupMutation,
  useGetGroupQuery,
  useDeleteGroupMutation,
  useUpdateGroupMutation,
  useListGroupMembersQuery,
  useAddGroupMembersMutation,
  useRemoveGroupMembersMutation,
  useSetGroupMemberMutation,
  useListGroupCoursesQuery,
  useAssignGroupCourseMutation,
  useUnassignGroupCourseMutation,
  useListPluginsQuery,
  useGetPluginQuery,
  useSetPluginEnabledMutation,
  useGetPluginSettingsQuery,
  useUpdatePluginSettingsMutation,
  useGetMyPrivacyQuery,
  useRequestMyExportMutation,
  useLinkMyArchiveMutation,
  useDownloadArchiveQuery,
  useRequestMyErasureMutation,
  useCancelMyRequestMutation,
  useGiveConsentsMutation,
  useChooseSellingMutation,
  useListPrivacyDocumentsQuery,
  useGetArchiveKeysQuery,
  useListPrivacyRequestsQuery,
  useMakePrivacyRequestMutation,
  useGetPrivacyRequestQuery,
  useCancelPrivacyRequestMutation,
  useLinkPrivacyArchiveMutation,
  useListLegalHoldsQuery,
  useSetLegalHoldMutation,
  useLiftLegalHoldMutation,
  useGetRetentionQuery,
  useSetPrivacySettingsMutation,
  useGetProcessingRegisterQuery,
  useExportProcessingRegisterQuery,
  useListDocumentVersionsQuery,
  useSaveDocumentDraftMutation,
  useDiscardDocumentDraftMutation,
  usePublishDocumentMutation,
  useRetireDocumentMutation,
  useListParentalConsentsQuery,
  useSetPersonPrivacyMutation,
  useAskParentMutation,
  useGetParentsQuestionMutation,
  useAnswerAsParentMutation,
  useListPacksQuery,
  useGetPackQuery,
  useSetPackEnabledMutation,
  useListDomainsQuery,
  useAddDomainMutation,
  useProveDomainMutation,
  useRemoveDomainMutation,
  useChangeDomainMutation,
  useGetTenantLimitsQuery,
  useGetTenantDeletionQuery,
  useScheduleTenantDeletionMutation,
  useCancelTenantDeletionMutation,
  useListTenantExportsQuery,
  useRequestTenantExportMutation,
  useLinkTenantExportMutation,
  useDownloadTenantArchiveQuery,
  useListThemesQuery,
  useGetThemeEditorQuery,
  useSetThemeMutation,
  useSaveThemeMutation,
  useUploadLogoMutation,
  useListWebhooksQuery,
  useCreateWebhookMutation,
  useListWebhookEventTypesQuery,
  useGetWebhookQuery,
  useDeleteWebhookMutation,
  useUpdateWebhookMutation,
  useRotateWebhookSecretMutation,
  usePingWebhookMutation,
  useListWebhookDeliveriesQuery,
  useGetWebhookDeliveryQuery,
  useRedeliverWebhookMutation,
  useGetEdgeSettingsQuery,
  useSetEdgeSettingsMutation,
} = injectedRtkApi;
