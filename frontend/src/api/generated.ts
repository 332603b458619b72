import { api } from "@questline/ui-sdk";
const injectedRtkApi = api.injectEndpoints({
  endpoints: (build) => ({
    listCourses: build.query<ListCoursesApiResponse, ListCoursesApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses`,
        params: {
          permission: queryArg.permission,
          search: queryArg.search,
          cursor: queryArg.cursor,
          limit: queryArg.limit,
        },
      }),
    }),
    logIn: build.mutation<LogInApiResponse, LogInApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/auth/log-in`,
        method: "POST",
        body: queryArg,
      }),
    }),
    refreshSession: build.mutation<
      RefreshSessionApiResponse,
      RefreshSessionApiArg
    >({
      query: () => ({ url: `/api/v1/auth/refresh`, method: "POST" }),
    }),
    logOut: build.mutation<LogOutApiResponse, LogOutApiArg>({
      query: () => ({ url: `/api/v1/auth/log-out`, method: "POST" }),
    }),
    getMe: build.query<GetMeApiResponse, GetMeApiArg>({
      query: () => ({ url: `/api/v1/me` }),
    }),
    updateMe: build.mutation<UpdateMeApiResponse, UpdateMeApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/me`,
        method: "PATCH",
        body: queryArg,
      }),
    }),
    changePassword: build.mutation<
      ChangePasswordApiResponse,
      ChangePasswordApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/me/password`,
        method: "POST",
        body: queryArg,
      }),
    }),
    signUp: build.mutation<SignUpApiResponse, SignUpApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/auth/sign-up`,
        method: "POST",
        body: queryArg,
      }),
    }),
    confirmSignUp: build.mutation<
      ConfirmSignUpApiResponse,
      ConfirmSignUpApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/auth/sign-up/confirmation`,
        method: "POST",
        body: queryArg,
      }),
    }),
    readInvitation: build.mutation<
      ReadInvitationApiResponse,
      ReadInvitationApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/auth/invitation`,
        method: "POST",
        body: queryArg,
      }),
    }),
    requestPasswordReset: build.mutation<
      RequestPasswordResetApiResponse,
      RequestPasswordResetApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/auth/password-reset`,
        method: "POST",
        body: queryArg,
      }),
    }),
    resetPassword: build.mutation<
      ResetPasswordApiResponse,
      ResetPasswordApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/auth/password-reset/completion`,
        method: "POST",
        body: queryArg,
      }),
    }),
    confirmEmail: build.mutation<ConfirmEmailApiResponse, ConfirmEmailApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/auth/email/confirmation`,
        method: "POST",
        body: queryArg,
      }),
    }),
    changeEmail: build.mutation<ChangeEmailApiResponse, ChangeEmailApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/me/email`,
        method: "POST",
        body: queryArg,
      }),
    }),
    sendEmailVerification: build.mutation<
      SendEmailVerificationApiResponse,
      SendEmailVerificationApiArg
    >({
      query: () => ({ url: `/api/v1/me/email/verification`, method: "POST" }),
    }),
    giveSecondFactor: build.mutation<
      GiveSecondFactorApiResponse,
      GiveSecondFactorApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/auth/second-factor`,
        method: "POST",
        body: queryArg,
      }),
    }),
    beginPasskeyLogIn: build.mutation<
      BeginPasskeyLogInApiResponse,
      BeginPasskeyLogInApiArg
    >({
      query: () => ({ url: `/api/v1/auth/passkey/options`, method: "POST" }),
    }),
    logInWithPasskey: build.mutation<
      LogInWithPasskeyApiResponse,
      LogInWithPasskeyApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/auth/passkey`,
        method: "POST",
        body: queryArg,
      }),
    }),
    getSecurity: build.query<GetSecurityApiResponse, GetSecurityApiArg>({
      query: () => ({ url: `/api/v1/me/security` }),
    }),
    proveIdentity: build.mutation<
      ProveIdentityApiResponse,
      ProveIdentityApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/me/proof`,
        method: "POST",
        body: queryArg,
      }),
    }),
    beginPasskeyProof: build.mutation<
      BeginPasskeyProofApiResponse,
      BeginPasskeyProofApiArg
    >({
      query: () => ({ url: `/api/v1/me/proof/passkey`, method: "POST" }),
    }),
    listSessions: build.query<ListSessionsApiResponse, ListSessionsApiArg>({
      query: () => ({ url: `/api/v1/me/sessions` }),
    }),
    endSessions: build.mutation<EndSessionsApiResponse, EndSessionsApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/me/sessions`,
        method: "DELETE",
        params: {
          keep_current: queryArg,
        },
      }),
    }),
    endSession: build.mutation<EndSessionApiResponse, EndSessionApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/me/sessions/${queryArg}`,
        method: "DELETE",
      }),
    }),
    forgetRememberedDevices: build.mutation<
      ForgetRememberedDevicesApiResponse,
      ForgetRememberedDevicesApiArg
    >({
      query: () => ({ url: `/api/v1/me/remembered-devices`, method: "DELETE" }),
    }),
    beginTotp: build.mutation<BeginTotpApiResponse, BeginTotpApiArg>({
      query: () => ({ url: `/api/v1/me/totp`, method: "POST" }),
    }),
    removeTotp: build.mutation<RemoveTotpApiResponse, RemoveTotpApiArg>({
      query: () => ({ url: `/api/v1/me/totp`, method: "DELETE" }),
    }),
    confirmTotp: build.mutation<ConfirmTotpApiResponse, ConfirmTotpApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/me/totp/confirmation`,
        method: "POST",
        body: queryArg,
      }),
    }),
    renewRecoveryCodes: build.mutation<
      RenewRecoveryCodesApiResponse,
      RenewRecoveryCodesApiArg
    >({
      query: () => ({ url: `/api/v1/me/recovery-codes`, method: "POST" }),
    }),
    beginPasskey: build.mutation<BeginPasskeyApiResponse, BeginPasskeyApiArg>({
      query: () => ({ url: `/api/v1/me/passkeys/options`, method: "POST" }),
    }),
    addPasskey: build.mutation<AddPasskeyApiResponse, AddPasskeyApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/me/passkeys`,
        method: "POST",
        body: queryArg,
      }),
    }),
    removePasskey: build.mutation<
      RemovePasskeyApiResponse,
      RemovePasskeyApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/me/passkeys/${queryArg}`,
        method: "DELETE",
      }),
    }),
    beginImpersonation: build.mutation<
      BeginImpersonationApiResponse,
      BeginImpersonationApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/auth/impersonation`,
        method: "POST",
        body: queryArg,
      }),
    }),
    endImpersonation: build.mutation<
      EndImpersonationApiResponse,
      EndImpersonationApiArg
    >({
      query: () => ({ url: `/api/v1/auth/impersonation/end`, method: "POST" }),
    }),
    listCatalogue: build.query<ListCatalogueApiResponse, ListCatalogueApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/catalogue`,
        params: {
          search: queryArg.search,
          tag: queryArg.tag,
          cursor: queryArg.cursor,
          limit: queryArg.limit,
        },
      }),
    }),
    getCourse: build.query<GetCourseApiResponse, GetCourseApiArg>({
      query: (queryArg) => ({ url: `/api/v1/courses/${queryArg}` }),
    }),
    enrol: build.mutation<EnrolApiResponse, EnrolApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${queryArg}/enrolment`,
        method: "POST",
      }),
    }),
    unenrol: build.mutation<UnenrolApiResponse, UnenrolApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${queryArg}/enrolment`,
        method: "DELETE",
      }),
    }),
    getLesson: build.query<GetLessonApiResponse, GetLessonApiArg>({
      query: (queryArg) => ({ url: `/api/v1/lessons/${queryArg}` }),
    }),
    completeLesson: build.mutation<
      CompleteLessonApiResponse,
      CompleteLessonApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/lessons/${queryArg}/completion`,
        method: "POST",
      }),
    }),
    savePosition: build.mutation<SavePositionApiResponse, SavePositionApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/lessons/${queryArg.lessonId}/position`,
        method: "PUT",
        body: queryArg.savePosition,
      }),
    }),
    getDashboard: build.query<GetDashboardApiResponse, GetDashboardApiArg>({
      query: () => ({ url: `/api/v1/dashboard` }),
    }),
    getSite: build.query<GetSiteApiResponse, GetSiteApiArg>({
      query: () => ({ url: `/api/v1/site` }),
    }),
    getTheme: build.query<GetThemeApiResponse, GetThemeApiArg>({
      query: () => ({ url: `/api/v1/ui/theme` }),
    }),
    listUiPlugins: build.query<ListUiPluginsApiResponse, ListUiPluginsApiArg>({
      query: () => ({ url: `/api/v1/ui/plugins` }),
    }),
  }),
  overrideExisting: false,
});
export { injectedRtkApi as learnerApi };
export type ListCoursesApiResponse =
  /** status 200 Request fulfilled, document follows */ PageCourseName;
export type ListCoursesApiArg = {
  /** The permission asked for. */
  permission?: string;
  /** Part of a course's title. */
  search?: string | null;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
  /** The most items to answer with. */
  limit?: number;
};
export type LogInApiResponse =
  | /** status 200 Request fulfilled, document follows */ Session
  | /** status 202 The password is right; the second factor is missing. */ SecondFactorNeeded;
export type LogInApiArg = LogIn;
export type RefreshSessionApiResponse =
  /** status 200 Request fulfilled, document follows */ Session;
export type RefreshSessionApiArg = void;
export type LogOutApiResponse = unknown;
export type LogOutApiArg = void;
export type GetMeApiResponse =
  /** status 200 Request fulfilled, document follows */ User;
export type GetMeApiArg = void;
export type UpdateMeApiResponse =
  /** status 200 Request fulfilled, document follows */ User;
export type UpdateMeApiArg = UpdateMe;
export type ChangePasswordApiResponse = unknown;
export type ChangePasswordApiArg = ChangePassword;
export type SignUpApiResponse =
  | /** status 201 Document created, URL follows */ Session
  | /** status 202 A link has been sent; the account is opened by it. */ ConfirmationSent;
export type SignUpApiArg = SignUp;
export type ConfirmSignUpApiResponse =
  /** status 201 Document created, URL follows */ Session;
export type ConfirmSignUpApiArg = WithLink;
export type ReadInvitationApiResponse =
  /** status 200 Request fulfilled, document follows */ InvitedBy;
export type ReadInvitationApiArg = WithLink;
export type RequestPasswordResetApiResponse =
  /** status 202 Request accepted, processing continues off-line */ ConfirmationSent;
export type RequestPasswordResetApiArg = WithEmail;
export type ResetPasswordApiResponse = unknown;
export type ResetPasswordApiArg = ResetPassword;
export type ConfirmEmailApiResponse =
  /** status 200 Request fulfilled, document follows */ ConfirmationSent;
export type ConfirmEmailApiArg = WithLink;
export type ChangeEmailApiResponse =
  /** status 202 Request accepted, processing continues off-line */ ConfirmationSent;
export type ChangeEmailApiArg = WithEmail;
export type SendEmailVerificationApiResponse = unknown;
export type SendEmailVerificationApiArg = void;
export type GiveSecondFactorApiResponse =
  /** status 200 Request fulfilled, document follows */ Session;
export type GiveSecondFactorApiArg = SecondFactor;
export type BeginPasskeyLogInApiResponse =
  /** status 200 Request fulfilled, document follows */ Offer;
export type BeginPasskeyLogInApiArg = void;
export type LogInWithPasskeyApiResponse =
  /** status 200 Request fulfilled, document follows */ Session;
export type LogInWithPasskeyApiArg = PasskeyAnswer;
export type GetSecurityApiResponse =
  /** status 200 Request fulfilled, document follows */ Security;
export type GetSecurityApiArg = void;
export type ProveIdentityApiResponse = unknown;
export type ProveIdentityApiArg = Proof;
export type BeginPasskeyProofApiResponse =
  /** status 200 Request fulfilled, document follows */ Offer;
export type BeginPasskeyProofApiArg = void;
export type ListSessionsApiResponse =
  /** status 200 Request fulfilled, document follows */ SessionList;
export type ListSessionsApiArg = void;
export type EndSessionsApiResponse = unknown;
export type EndSessionsApiArg =
  /** Leave the session of this request as it is. */ boolean | undefined;
export type EndSessionApiResponse = unknown;
export type EndSessionApiArg = string;
export type ForgetRememberedDevicesApiResponse = unknown;
export type ForgetRememberedDevicesApiArg = void;
export type BeginTotpApiResponse =
  /** status 201 Document created, URL follows */ NewTotp;
export type BeginTotpApiArg = void;
export type RemoveTotpApiResponse = unknown;
export type RemoveTotpApiArg = void;
export type ConfirmTotpApiResponse =
  /** status 200 Request fulfilled, document follows */ RecoveryCodes;
export type ConfirmTotpApiArg = WithCode;
export type RenewRecoveryCodesApiResponse =
  /** status 201 Document created, URL follows */ RecoveryCodes;
export type RenewRecoveryCodesApiArg = void;
export type BeginPasskeyApiResponse =
  /** status 200 Request fulfilled, document follows */ Offer;
export type BeginPasskeyApiArg = void;
export type AddPasskeyApiResponse =
  /** status 201 Document created, URL follows */ RecoveryCodes;
export type AddPasskeyApiArg = NewPasskey;
export type RemovePasskeyApiResponse = unknown;
export type RemovePasskeyApiArg = string;
export type BeginImpersonationApiResponse =
  /** status 201 Document created, URL follows */ Session;
export type BeginImpersonationApiArg = Impersonate;
export type EndImpersonationApiResponse =
  /** status 200 Request fulfilled, document follows */ Session;
export type EndImpersonationApiArg = void;
export type ListCatalogueApiResponse =
  /** status 200 Request fulfilled, document follows */ PageCourseCard;
export type ListCatalogueApiArg = {
  /** Words from title, summary or tags. */
  search?: string | null;
  /** A tag as the courses carry it. */
  tag?: string | null;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
  /** Courses on a page. */
  limit?: number;
};
export type GetCourseApiResponse =
  /** status 200 Request fulfilled, document follows */ Course;
export type GetCourseApiArg = string;
export type EnrolApiResponse =
  /** status 201 Document created, URL follows */ Enrolled;
export type EnrolApiArg = string;
export type UnenrolApiResponse = unknown;
export type UnenrolApiArg = string;
export type GetLessonApiResponse =
  /** status 200 Request fulfilled, document follows */ Lesson;
export type GetLessonApiArg = string;
export type CompleteLessonApiResponse =
  /** status 200 Request fulfilled, document follows */ LessonCompletion;
export type CompleteLessonApiArg = string;
export type SavePositionApiResponse = unknown;
export type SavePositionApiArg = {
  lessonId: string;
  savePosition: SavePosition;
};
export type GetDashboardApiResponse =
  /** status 200 Request fulfilled, document follows */ Dashboard;
export type GetDashboardApiArg = void;
export type GetSiteApiResponse =
  /** status 200 Request fulfilled, document follows */ Site;
export type GetSiteApiArg = void;
export type GetThemeApiResponse =
  /** status 200 Request fulfilled, document follows */ ThemeManifest;
export type GetThemeApiArg = void;
export type ListUiPluginsApiResponse =
  /** status 200 Request fulfilled, document follows */ UiPluginList;
export type ListUiPluginsApiArg = void;
export type CourseName = {
  id: string;
  slug: string;
  title: string;
};
export type PageCourseName = {
  items: CourseName[];
  next_cursor?: string | null;
  total?: number | null;
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
export type User = {
  id: string;
  email: string;
  display_name: string;
  role: "owner" | "admin" | "author" | "instructor" | "learner" | "guest";
  locale: string;
  time_zone: string;
  avatar_url: string | null;
  permissions: string[];
  created_at: string;
};
export type Impersonation = {
  impersonator_id: string;
  by: string;
  reason: string;
  until: string;
};
export type Session = {
  access_token: string;
  expires_in: number;
  user: User;
  must_enrol?: boolean;
  must_consent?: boolean;
  impersonation?: Impersonation | null;
};
export type Offer = {
  ticket: string;
  options: {
    [key: string]: any;
  };
};
export type SecondFactorNeeded = {
  ticket: string;
  app: boolean;
  recovery_code: boolean;
  passkey: Offer | null;
  remember_days: number;
};
export type LogIn = {
  /** An e-mail address; upper and lower case are the same. */
  email: string;
  /** The present password. */
  password: string;
};
export type UpdateMe = {
  /** The name others see. */
  display_name?: string;
  /** A BCP 47 language tag: language, script, region. */
  locale?: string;
  /** An IANA time zone. */
  time_zone?: string;
};
export type ChangePassword = {
  /** The present password. */
  current_password: string;
  /** A new password: not easily guessed, and without the name in the e-mail address. */
  new_password: string;
};
export type ConfirmationSent = {
  email: string;
};
export type Answer = {
  kind: string;
  version: number;
  given: boolean;
};
export type SignUp = {
  /** An e-mail address; upper and lower case are the same. */
  email: string;
  /** A new password: not easily guessed, and without the name in the e-mail address. */
  password: string;
  /** The name others see. */
  display_name: string;
  /** A BCP 47 language tag: language, script, region. */
  locale?: string;
  /** An IANA time zone. */
  time_zone?: string;
  /** What follows `#` in a mailed link, without its first word. */
  invitation?: string | null;
  consents?: Answer[];
};
export type WithLink = {
  /** What follows `#` in a mailed link, without its first word. */
  token: string;
};
export type InvitedBy = {
  email: string;
  role: "owner" | "admin" | "author" | "instructor" | "learner" | "guest";
  inviter: string;
};
export type WithEmail = {
  /** An e-mail address; upper and lower case are the same. */
  email: string;
};
export type ResetPassword = {
  /** What follows `#` in a mailed link, without its first word. */
  token: string;
  /** A new password: not easily guessed, and without the name in the e-mail address. */
  password: string;
};
export type PasskeyAnswer = {
  /** A ticket of the step before. */
  ticket: string;
  /** A `PublicKeyCredential` as JSON (WebAuthn level 3, `toJSON()`). */
  credential: {
    [key: string]: any;
  };
};
export type SecondFactor = {
  /** A ticket of the step before. */
  ticket: string;
  /** The six digits that the app shows. */
  code?: string | null;
  /** One of the recovery codes. */
  recovery_code?: string | null;
  passkey?: PasskeyAnswer | null;
  remember?: boolean;
};
export type PasskeyCard = {
  id: string;
  name: string;
  backed_up: boolean;
  created_at: string;
  last_used_at: string | null;
};
export type Security = {
  email: string;
  email_verified: boolean;
  has_password: boolean;
  app_since: string | null;
  passkeys: PasskeyCard[];
  recovery_codes_left: number;
  remembered_devices: number;
  second_factor_needed: boolean;
  recent: boolean;
  sends_mail: boolean;
};
export type Proof = {
  /** The present password. */
  password?: string | null;
  /** The six digits that the app shows. */
  code?: string | null;
  /** One of the recovery codes. */
  recovery_code?: string | null;
  passkey?: PasskeyAnswer | null;
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
export type NewTotp = {
  secret: string;
  uri: string;
  image: string;
};
export type RecoveryCodes = {
  recovery_codes: string[];
};
export type WithCode = {
  /** The six digits that the app shows. */
  code: string;
};
export type NewPasskey = {
  /** A ticket of the step before. */
  ticket: string;
  /** A `PublicKeyCredential` as JSON (WebAuthn level 3, `toJSON()`). */
  credential: {
    [key: string]: any;
  };
  /** The name others see. */
  name: string;
};
export type Impersonate = {
  user_id: string;
  reason: string;
};
export type CourseCard = {
  id: string;
  slug: string;
  title: string;
  summary: string;
  cover_url: string | null;
  level: "beginner" | "intermediate" | "advanced";
  tags: string[];
  minutes: number;
  lesson_count: number;
  learner_count: number;
  enrolled: boolean;
  percent: number | null;
};
export type PageCourseCard = {
  items: CourseCard[];
  next_cursor?: string | null;
  total?: number | null;
};
export type Enrolment = {
  enrolled_at: string;
  completed_at: string | null;
  percent: number;
  resume_lesson_id: string | null;
};
export type LessonCard = {
  id: string;
  slug: string;
  title: string;
  kind: "lesson" | "quiz";
  minutes: number;
  status: "new" | "started" | "completed";
};
export type CourseModule = {
  id: string;
  title: string;
  summary: string;
  lessons: LessonCard[];
};
export type Course = {
  id: string;
  slug: string;
  title: string;
  summary: string;
  description_html: string;
  cover_url: string | null;
  level: "beginner" | "intermediate" | "advanced";
  language: string;
  tags: string[];
  minutes: number;
  objectives: string[];
  enrolment: Enrolment | null;
  modules: CourseModule[];
};
export type Enrolled = {
  course_id: string;
  enrolled_at: string;
  resume_lesson_id: string | null;
};
export type CourseReference = {
  id: string;
  slug: string;
  title: string;
};
export type ModuleReference = {
  id: string;
  title: string;
};
export type Block = {
  id: string;
  type: string;
  data: {
    [key: string]: any;
  };
};
export type Lesson = {
  id: string;
  slug: string;
  title: string;
  kind: "lesson" | "quiz";
  minutes: number;
  objectives: string[];
  course: CourseReference;
  module: ModuleReference;
  position: number;
  total: number;
  previous_id: string | null;
  next_id: string | null;
  status: "new" | "started" | "completed";
  block_id: string | null;
  blocks: Block[];
  version: number;
};
export type LessonCompletion = {
  lesson_id: string;
  status: "new" | "started" | "completed";
  course_percent: number;
  course_completed: boolean;
  next_lesson_id: string | null;
};
export type SavePosition = {
  block_id: string;
};
export type Resume = {
  lesson_id: string;
  lesson_title: string;
  module_title: string;
};
export type DashboardCourse = {
  id: string;
  slug: string;
  title: string;
  summary: string;
  cover_url: string | null;
  level: "beginner" | "intermediate" | "advanced";
  tags: string[];
  minutes: number;
  lesson_count: number;
  learner_count: number;
  enrolled: boolean;
  percent: number | null;
  resume: Resume | null;
  completed_lessons: number;
  last_activity_at: string | null;
};
export type ActivityDay = {
  date: string;
  count: number;
};
export type Dashboard = {
  courses: DashboardCourse[];
  completed_lessons: number;
  completed_courses: number;
  minutes_learned: number;
  activity: ActivityDay[];
  current_streak_days: number;
};
export type SignInWith = {
  provider: string;
  label: string;
  icon: string;
};
export type Site = {
  name: string;
  slug: string;
  sign_up: "open" | "invitation" | "domains" | "closed";
  sends_mail: boolean;
  theme: string;
  sign_in_with: SignInWith[];
  version: string;
  delete_at?: string | null;
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
export type UiPlugin = {
  id: string;
  version: string;
  title: string;
  entry: string;
  css: string[];
  integrity: string | null;
  sdk: string;
  contributions: {
    [key: string]: any;
  };
};
export type UiPluginList = {
  plugins: UiPlugin[];
};
export const {
  useListCoursesQuery,
  useLogInMutation,
  useRefreshSessionMutation,
  useLogOutMutation,
  useGetMeQuery,
  useUpdateMeMutation,
  useChangePasswordMutation,
  useSignUpMutation,
  useConfirmSignUpMutation,
  useReadInvitationMutation,
  useRequestPasswordResetMutation,
  useResetPasswordMutation,
  useConfirmEmailMutation,
  useChangeEmailMutation,
  useSendEmailVerificationMutation,
  useGiveSecondFactorMutation,
  useBeginPasskeyLogInMutation,
  useLogInWithPasskeyMutation,
  useGetSecurityQuery,
  useProveIdentityMutation,
  useBeginPasskeyProofMutation,
  useListSessionsQuery,
  useEndSessionsMutation,
  useEndSessionMutation,
  useForgetRememberedDevicesMutation,
  useBeginTotpMutation,
  useRemoveTotpMutation,
  useConfirmTotpMutation,
  useRenewRecoveryCodesMutation,
  useBeginPasskeyMutation,
  useAddPasskeyMutation,
  useRemovePasskeyMutation,
  useBeginImpersonationMutation,
  useEndImpersonationMutation,
  useListCatalogueQuery,
  useGetCourseQuery,
  useEnrolMutation,
  useUnenrolMutation,
  useGetLessonQuery,
  useCompleteLessonMutation,
  useSavePositionMutation,
  useGetDashboardQuery,
  useGetSiteQuery,
  useGetThemeQuery,
  useListUiPluginsQuery,
} = injectedRtkApi;
