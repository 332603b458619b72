import { api } from "@questline/ui-sdk";
const injectedRtkApi = api.injectEndpoints({
  endpoints: (build) => ({
    signUp: build.mutation<SignUpApiResponse, SignUpApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/auth/sign-up`,
        method: "POST",
        body: queryArg,
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
    listUsers: build.query<ListUsersApiResponse, ListUsersApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/users`,
        params: {
          search: queryArg.search,
          sort: queryArg.sort,
          cursor: queryArg.cursor,
          limit: queryArg.limit,
        },
      }),
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
    listPlugins: build.query<ListPluginsApiResponse, ListPluginsApiArg>({
      query: () => ({ url: `/api/v1/plugins` }),
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
      query: (queryArg) => ({ url: `/api/v1/plugins/${queryArg}/settings` }),
    }),
    updatePluginSettings: build.mutation<
      UpdatePluginSettingsApiResponse,
      UpdatePluginSettingsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/plugins/${queryArg.pluginId}/settings`,
        method: "PUT",
        body: queryArg.body,
      }),
    }),
    getSite: build.query<GetSiteApiResponse, GetSiteApiArg>({
      query: () => ({ url: `/api/v1/site` }),
    }),
    listUiPlugins: build.query<ListUiPluginsApiResponse, ListUiPluginsApiArg>({
      query: () => ({ url: `/api/v1/ui/plugins` }),
    }),
    getTheme: build.query<GetThemeApiResponse, GetThemeApiArg>({
      query: () => ({ url: `/api/v1/ui/theme` }),
    }),
    listThemes: build.query<ListThemesApiResponse, ListThemesApiArg>({
      query: () => ({ url: `/api/v1/themes` }),
    }),
    setTheme: build.mutation<SetThemeApiResponse, SetThemeApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/tenant/theme`,
        method: "PUT",
        body: queryArg,
      }),
    }),
  }),
  overrideExisting: false,
});
export { injectedRtkApi as coreApi };
export type SignUpApiResponse =
  /** status 201 Document created, URL follows */ Session;
export type SignUpApiArg = SignUp;
export type LogInApiResponse =
  /** status 200 Request fulfilled, document follows */ Session;
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
    | "-role";
  /** `next_cursor` of the page before. */
  cursor?: string | null;
  /** The most items to answer with. */
  limit?: number;
};
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
export type ListPluginsApiResponse =
  /** status 200 Request fulfilled, document follows */ PluginList;
export type ListPluginsApiArg = void;
export type SetPluginEnabledApiResponse =
  /** status 200 Request fulfilled, document follows */ InstalledPlugin;
export type SetPluginEnabledApiArg = {
  pluginId: string;
  setPluginEnabled: SetPluginEnabled;
};
export type GetPluginSettingsApiResponse =
  /** status 200 Request fulfilled, document follows */ PluginSettingsForm;
export type GetPluginSettingsApiArg = string;
export type UpdatePluginSettingsApiResponse =
  /** status 200 Request fulfilled, document follows */ PluginSettingsForm;
export type UpdatePluginSettingsApiArg = {
  pluginId: string;
  body: {
    [key: string]: any;
  };
};
export type GetSiteApiResponse =
  /** status 200 Request fulfilled, document follows */ Site;
export type GetSiteApiArg = void;
export type ListUiPluginsApiResponse =
  /** status 200 Request fulfilled, document follows */ UiPluginList;
export type ListUiPluginsApiArg = void;
export type GetThemeApiResponse =
  /** status 200 Request fulfilled, document follows */ ThemeManifest;
export type GetThemeApiArg = void;
export type ListThemesApiResponse =
  /** status 200 Request fulfilled, document follows */ ThemeList;
export type ListThemesApiArg = void;
export type SetThemeApiResponse =
  /** status 200 Request fulfilled, document follows */ ThemeManifest;
export type SetThemeApiArg = SetTheme;
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
export type Session = {
  access_token: string;
  expires_in: number;
  user: User;
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
export type SignUp = {
  /** An e-mail address; upper and lower case are the same. */
  email: string;
  /** A new password: not one of the most common ones, and without the name in the e-mail address. */
  password: string;
  /** The name others see. */
  display_name: string;
  /** A BCP 47 language tag: language, script, region. */
  locale?: string;
  /** An IANA time zone. */
  time_zone?: string;
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
  /** A new password: not one of the most common ones, and without the name in the e-mail address. */
  new_password: string;
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
  permissions: string[];
  has_settings: boolean;
};
export type PluginList = {
  plugins: InstalledPlugin[];
};
export type SetPluginEnabled = {
  enabled: boolean;
};
export type PluginSettingsForm = {
  schema: {
    [key: string]: any;
  };
  values: {
    [key: string]: any;
  };
};
export type Site = {
  name: string;
  slug: string;
  sign_up: "open" | "closed";
  theme: string;
  version: string;
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
export type ThemeManifest = {
  id: string;
  title: string;
  version: string;
  summary: string;
  logo_url: string | null;
};
export type ThemeList = {
  themes: ThemeManifest[];
};
export type SetTheme = {
  theme: string;
};
export const {
  useSignUpMutation,
  useLogInMutation,
  useRefreshSessionMutation,
  useLogOutMutation,
  useGetMeQuery,
  useUpdateMeMutation,
  useChangePasswordMutation,
  useListUsersQuery,
  useListCatalogueQuery,
  useGetCourseQuery,
  useEnrolMutation,
  useUnenrolMutation,
  useGetLessonQuery,
  useCompleteLessonMutation,
  useSavePositionMutation,
  useGetDashboardQuery,
  useListPluginsQuery,
  useSetPluginEnabledMutation,
  useGetPluginSettingsQuery,
  useUpdatePluginSettingsMutation,
  useGetSiteQuery,
  useListUiPluginsQuery,
  useGetThemeQuery,
  useListThemesQuery,
  useSetThemeMutation,
} = injectedRtkApi;
