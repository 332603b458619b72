import { api } from "@questline/ui-sdk";
const injectedRtkApi = api.injectEndpoints({
  endpoints: (build) => ({
    listMyApiKeys: build.query<ListMyApiKeysApiResponse, ListMyApiKeysApiArg>({
      query: () => ({ url: `/api/v1/account/api-keys` }),
    }),
    createMyApiKey: build.mutation<
      CreateMyApiKeyApiResponse,
      CreateMyApiKeyApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/account/api-keys`,
        method: "POST",
        body: queryArg,
      }),
    }),
    rotateMyApiKey: build.mutation<
      RotateMyApiKeyApiResponse,
      RotateMyApiKeyApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/account/api-keys/${queryArg.keyId}/rotation`,
        method: "POST",
        body: queryArg.rotateKey,
      }),
    }),
    revokeMyApiKey: build.mutation<
      RevokeMyApiKeyApiResponse,
      RevokeMyApiKeyApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/account/api-keys/${queryArg}`,
        method: "DELETE",
      }),
    }),
    beginSignIn: build.mutation<BeginSignInApiResponse, BeginSignInApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/sign-in/${queryArg.provider}`,
        method: "POST",
        body: queryArg.beginSignIn,
      }),
    }),
    receiveSignInAnswer: build.mutation<
      ReceiveSignInAnswerApiResponse,
      ReceiveSignInAnswerApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/sign-in/${queryArg.provider}/answer`,
        method: "POST",
        body: queryArg.body,
      }),
    }),
    completeSignIn: build.mutation<
      CompleteSignInApiResponse,
      CompleteSignInApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/sign-in/${queryArg.provider}/completion`,
        method: "POST",
        body: queryArg.providerReturn,
      }),
    }),
    listIdentities: build.query<
      ListIdentitiesApiResponse,
      ListIdentitiesApiArg
    >({
      query: () => ({ url: `/api/v1/identities` }),
    }),
    beginLink: build.mutation<BeginLinkApiResponse, BeginLinkApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/identities/${queryArg.provider}`,
        method: "POST",
        body: queryArg.beginSignIn,
      }),
    }),
    completeLink: build.mutation<CompleteLinkApiResponse, CompleteLinkApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/sign-in/${queryArg.provider}/link`,
        method: "POST",
        body: queryArg.providerReturn,
      }),
    }),
    beginProofElsewhere: build.mutation<
      BeginProofElsewhereApiResponse,
      BeginProofElsewhereApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/identities/${queryArg.provider}/proof`,
        method: "POST",
        body: queryArg.beginSignIn,
      }),
    }),
    completeProofElsewhere: build.mutation<
      CompleteProofElsewhereApiResponse,
      CompleteProofElsewhereApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/sign-in/${queryArg.provider}/proof`,
        method: "POST",
        body: queryArg.providerReturn,
      }),
    }),
    unlinkIdentity: build.mutation<
      UnlinkIdentityApiResponse,
      UnlinkIdentityApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/identities/${queryArg}`,
        method: "DELETE",
      }),
    }),
  }),
  overrideExisting: false,
});
export { injectedRtkApi as accountApi };
export type ListMyApiKeysApiResponse =
  /** status 200 Request fulfilled, document follows */ ApiKeyCard[];
export type ListMyApiKeysApiArg = void;
export type CreateMyApiKeyApiResponse =
  /** status 201 Document created, URL follows */ MadeApiKey;
export type CreateMyApiKeyApiArg = NewApiKey;
export type RotateMyApiKeyApiResponse =
  /** status 201 Document created, URL follows */ MadeApiKey;
export type RotateMyApiKeyApiArg = {
  keyId: string;
  rotateKey: RotateKey;
};
export type RevokeMyApiKeyApiResponse = unknown;
export type RevokeMyApiKeyApiArg = string;
export type BeginSignInApiResponse =
  /** status 200 Request fulfilled, document follows */ SendTo;
export type BeginSignInApiArg = {
  provider: string;
  beginSignIn: BeginSignIn;
};
export type ReceiveSignInAnswerApiResponse = unknown;
export type ReceiveSignInAnswerApiArg = {
  provider: string;
  body: {
    [key: string]: string;
  };
};
export type CompleteSignInApiResponse =
  | /** status 200 Request fulfilled, document follows */ Session
  | /** status 202 The password is right; the second factor is missing. */ SecondFactorNeeded;
export type CompleteSignInApiArg = {
  provider: string;
  providerReturn: ProviderReturn;
};
export type ListIdentitiesApiResponse =
  /** status 200 Request fulfilled, document follows */ ConnectedAccounts;
export type ListIdentitiesApiArg = void;
export type BeginLinkApiResponse =
  /** status 200 Request fulfilled, document follows */ SendTo;
export type BeginLinkApiArg = {
  provider: string;
  beginSignIn: BeginSignIn;
};
export type CompleteLinkApiResponse =
  /** status 200 Request fulfilled, document follows */ ConnectedAccounts;
export type CompleteLinkApiArg = {
  provider: string;
  providerReturn: ProviderReturn;
};
export type BeginProofElsewhereApiResponse =
  /** status 200 Request fulfilled, document follows */ SendTo;
export type BeginProofElsewhereApiArg = {
  provider: string;
  beginSignIn: BeginSignIn;
};
export type CompleteProofElsewhereApiResponse = unknown;
export type CompleteProofElsewhereApiArg = {
  provider: string;
  providerReturn: ProviderReturn;
};
export type UnlinkIdentityApiResponse = unknown;
export type UnlinkIdentityApiArg = string;
export type Subject = {
  kind: "user" | "service";
  id: string;
  name: string;
  email?: string | null;
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
export type MadeApiKey = {
  key: string;
  card: ApiKeyCard;
};
export type NewApiKey = {
  /** Shown to people. */
  name: string;
  permissions?: string[] | null;
  /** Days until it expires. */
  expires_in_days?: number | null;
};
export type RotateKey = {
  overlap_hours?: number;
  /** Days until it expires. */
  expires_in_days?: number | null;
};
export type SendTo = {
  url: string;
};
export type BeginSignIn = {
  /** A BCP 47 language tag: language, script, region. */
  locale?: string;
  /** An IANA time zone. */
  time_zone?: string;
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
export type ProviderReturn = {
  state: string;
  /** What the provider sent along in the address, as it came. */
  parameters?: {
    [key: string]: string;
  };
  /** `answer` of the address, where the provider posted a form. */
  answer?: string | null;
};
export type ConnectedAccount = {
  id: string;
  provider: string;
  label: string | null;
  icon: string;
  issuer: string;
  email: string | null;
  linked_at: string;
  last_used_at: string;
};
export type SignInWith = {
  provider: string;
  label: string;
  icon: string;
};
export type ConnectedAccounts = {
  accounts: ConnectedAccount[];
  offered: SignInWith[];
};
export const {
  useListMyApiKeysQuery,
  useCreateMyApiKeyMutation,
  useRotateMyApiKeyMutation,
  useRevokeMyApiKeyMutation,
  useBeginSignInMutation,
  useReceiveSignInAnswerMutation,
  useCompleteSignInMutation,
  useListIdentitiesQuery,
  useBeginLinkMutation,
  useCompleteLinkMutation,
  useBeginProofElsewhereMutation,
  useCompleteProofElsewhereMutation,
  useUnlinkIdentityMutation,
} = injectedRtkApi;
