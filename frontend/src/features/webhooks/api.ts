import { consoleApi } from '../../api/console/generated.ts';

/** The client of webhooks and of what the site opens to others, with which answers a change makes stale. */
export const webhooksApi = consoleApi.enhanceEndpoints({
  addTagTypes: ['Webhooks', 'Edge'],
  endpoints: {
    listWebhooks: { providesTags: ['Webhooks'] },
    getWebhook: { providesTags: ['Webhooks'] },
    listWebhookDeliveries: { providesTags: ['Webhooks'] },
    getWebhookDelivery: { providesTags: ['Webhooks'] },
    createWebhook: { invalidatesTags: ['Webhooks'] },
    updateWebhook: { invalidatesTags: ['Webhooks'] },
    rotateWebhookSecret: { invalidatesTags: ['Webhooks'] },
    pingWebhook: { invalidatesTags: ['Webhooks'] },
    redeliverWebhook: { invalidatesTags: ['Webhooks'] },
    getEdgeSettings: { providesTags: ['Edge'] },
    setEdgeSettings: { invalidatesTags: ['Edge'] },
  },
});

export {
  type DeliveryCard,
  type EdgeSettings,
  type WebhookCard,
  useCreateWebhookMutation,
  useDeleteWebhookMutation,
  useGetEdgeSettingsQuery,
  useGetWebhookDeliveryQuery,
  useGetWebhookQuery,
  useListWebhookDeliveriesQuery,
  useListWebhookEventTypesQuery,
  useListWebhooksQuery,
  usePingWebhookMutation,
  useRedeliverWebhookMutation,
  useRotateWebhookSecretMutation,
  useSetEdgeSettingsMutation,
  useUpdateWebhookMutation,
} from '../../api/console/generated.ts';
