import { type Paginated, api } from '@questline/ui-sdk';
import { ROOT, once } from './api.ts';
import type { Subscription } from './types.ts';

const subscriptionsApi = api.enhanceEndpoints({ addTagTypes: ['payments.Subscriptions', 'payments.Orders', 'payments.Offers', 'Course', 'Dashboard', 'Lesson'] }).injectEndpoints({
  endpoints: (build) => ({
    paymentsListMySubscriptions: build.query<{ readonly items: readonly Subscription[] }, void>({
      query: () => `${ROOT}/me/subscriptions`,
      providesTags: ['payments.Subscriptions'],
    }),
    paymentsListSubscriptions: build.query<Paginated<Subscription>, { readonly cursor?: string; readonly state?: string }>({
      query: (params) => ({ url: `${ROOT}/subscriptions`, params }),
      providesTags: ['payments.Subscriptions'],
    }),
    paymentsCancelSubscription: build.mutation<Subscription, { readonly id: string; readonly at_end: boolean }>({
      query: ({ id, at_end: atEnd }) => ({ url: `${ROOT}/subscriptions/${id}/cancel`, method: 'POST', body: { at_end: atEnd }, headers: once() }),
      invalidatesTags: ['payments.Subscriptions', 'payments.Orders', 'payments.Offers', 'Course', 'Dashboard', 'Lesson'],
    }),
    paymentsKeepSubscription: build.mutation<Subscription, string>({
      query: (id) => ({ url: `${ROOT}/subscriptions/${id}/keep`, method: 'POST', headers: once() }),
      invalidatesTags: ['payments.Subscriptions'],
    }),
    paymentsPaySubscription: build.mutation<{ readonly order_id: string; readonly url: string }, string>({
      query: (id) => ({ url: `${ROOT}/subscriptions/${id}/payment`, method: 'POST', headers: once() }),
      invalidatesTags: (_answer, error) => (error === undefined ? [] : ['payments.Subscriptions']),
    }),
  }),
});

export const {
  usePaymentsListMySubscriptionsQuery,
  usePaymentsListSubscriptionsQuery,
  usePaymentsCancelSubscriptionMutation,
  usePaymentsKeepSubscriptionMutation,
  usePaymentsPaySubscriptionMutation,
} = subscriptionsApi;
