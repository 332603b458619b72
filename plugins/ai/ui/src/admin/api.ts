import { api } from '@questline/ui-sdk';
import type { AiMapped, AiProvider, AiTest, Budget, BudgetDraft, ModelRef, Spend, SpendGroup, Template, TemplateCard, Texts } from './types.ts';

const ROOT = '/api/v1/p/ai';
const SETTINGS = '/api/v1/plugins/ai/settings';

interface Settings {
  readonly values: Readonly<Record<string, unknown>>;
  /** The fields that the site has set itself; the others are inherited and must stay so. */
  readonly own: readonly string[];
}

const adminApi = api
  .enhanceEndpoints({ addTagTypes: ['ai.Assistant', 'ai.Providers', 'ai.Mapping', 'ai.Budgets', 'ai.Templates', 'ai.Spend', 'ai.Settings'] })
  .injectEndpoints({
    endpoints: (build) => ({
      aiListProviders: build.query<readonly AiProvider[], void>({ query: () => `${ROOT}/providers`, providesTags: ['ai.Providers'] }),
      aiTestProvider: build.mutation<AiTest, string>({ query: (name) => ({ url: `${ROOT}/providers/${name}/test`, method: 'POST' }) }),
      aiGetMapping: build.query<readonly AiMapped[], void>({ query: () => `${ROOT}/mapping`, providesTags: ['ai.Mapping'] }),
      aiGetSettings: build.query<Settings, void>({ query: () => SETTINGS, providesTags: ['ai.Settings'] }),
      aiSaveMapping: build.mutation<Settings, { readonly settings: Settings; readonly capability: string; readonly choices: readonly ModelRef[] }>({
        query: ({ settings, capability, choices }) => ({
          url: SETTINGS,
          method: 'PUT',
          body: { ...Object.fromEntries(settings.own.map((name) => [name, settings.values[name]])), [capability]: choices },
        }),
        invalidatesTags: ['ai.Mapping', 'ai.Settings', 'ai.Assistant'],
      }),
      aiListBudgets: build.query<{ readonly items: readonly Budget[] }, void>({
        query: () => `${ROOT}/budgets`,
        transformResponse: (items: readonly Budget[]) => ({ items }),
        providesTags: ['ai.Budgets'],
      }),
      aiAddBudget: build.mutation<Budget, BudgetDraft>({ query: (body) => ({ url: `${ROOT}/budgets`, method: 'POST', body }), invalidatesTags: ['ai.Budgets'] }),
      aiChangeBudget: build.mutation<Budget, { readonly id: string; readonly draft: BudgetDraft }>({
        query: ({ id, draft }) => ({ url: `${ROOT}/budgets/${id}`, method: 'PUT', body: draft }),
        invalidatesTags: ['ai.Budgets'],
      }),
      aiRemoveBudget: build.mutation<void, string>({ query: (id) => ({ url: `${ROOT}/budgets/${id}`, method: 'DELETE' }), invalidatesTags: ['ai.Budgets'] }),
      aiListTemplates: build.query<readonly TemplateCard[], void>({ query: () => `${ROOT}/templates`, providesTags: ['ai.Templates'] }),
      aiGetTemplate: build.query<Template, string>({ query: (id) => `${ROOT}/templates/${id}`, providesTags: ['ai.Templates'] }),
      aiOverrideTemplate: build.mutation<Template, { readonly id: string; readonly texts: Texts }>({
        query: ({ id, texts }) => ({ url: `${ROOT}/templates/${id}/override`, method: 'PUT', body: texts }),
        invalidatesTags: ['ai.Templates'],
      }),
      aiResetTemplate: build.mutation<void, string>({ query: (id) => ({ url: `${ROOT}/templates/${id}/override`, method: 'DELETE' }), invalidatesTags: ['ai.Templates'] }),
      aiPreviewTemplate: build.mutation<
        { readonly system: string; readonly user: string },
        { readonly id: string; readonly locale: string; readonly texts: Texts; readonly variables: Readonly<Record<string, unknown>> }
      >({ query: ({ id, ...body }) => ({ url: `${ROOT}/templates/${id}/preview`, method: 'POST', body }) }),
      aiGetSpend: build.query<Spend, { readonly by: SpendGroup; readonly since: string; readonly until: string }>({
        query: (params) => ({ url: `${ROOT}/spend`, params }),
        providesTags: ['ai.Spend'],
      }),
    }),
  });

/** Where the calls of a period are had as a table. */
export const csvPath = (since: string, until: string): string => `${ROOT}/spend.csv?since=${since}&until=${until}`;

export const {
  useAiListProvidersQuery,
  useAiTestProviderMutation,
  useAiGetMappingQuery,
  useAiGetSettingsQuery,
  useAiSaveMappingMutation,
  useAiListBudgetsQuery,
  useAiAddBudgetMutation,
  useAiChangeBudgetMutation,
  useAiRemoveBudgetMutation,
  useAiListTemplatesQuery,
  useAiGetTemplateQuery,
  useAiOverrideTemplateMutation,
  useAiResetTemplateMutation,
  useAiPreviewTemplateMutation,
  useAiGetSpendQuery,
} = adminApi;
