import { type Paginated, api } from '@questline/ui-sdk';
import type { Access, Cart, CartInput, DocumentPage, Offer, Order, OrderCard, Provider } from './types.ts';

export const ROOT = '/api/v1/p/payments';

/** A key that makes a write happen once, however often it is sent. */
export const once = (key: string = crypto.randomUUID()): Readonly<Record<string, string>> => ({ 'Idempotency-Key': key });

const buyerApi = api
  .enhanceEndpoints({ addTagTypes: ['payments.Offers', 'payments.Cart', 'payments.Orders', 'Course', 'Catalogue', 'Dashboard', 'Lesson'] })
  .injectEndpoints({
    endpoints: (build) => ({
      paymentsListOffers: build.query<{ readonly items: readonly Offer[] }, void>({ query: () => `${ROOT}/offers`, providesTags: ['payments.Offers'] }),
      paymentsGetAccess: build.query<Access, string>({ query: (id) => `${ROOT}/courses/${id}/access`, providesTags: ['payments.Offers'] }),
      paymentsListProviders: build.query<{ readonly items: readonly Provider[] }, void>({ query: () => `${ROOT}/providers` }),
      paymentsGetCart: build.query<Cart, void>({ query: () => `${ROOT}/me/cart`, providesTags: ['payments.Cart'] }),
      paymentsSaveCart: build.mutation<Cart, CartInput>({
        query: (body) => ({ url: `${ROOT}/me/cart`, method: 'PUT', body }),
        invalidatesTags: (_answer, error) => (error === undefined ? [] : ['payments.Cart']),
        onQueryStarted: async (_cart, { dispatch, queryFulfilled }) => {
          const answer = await queryFulfilled.catch(() => undefined);
          if (answer !== undefined) await dispatch(buyerApi.util.upsertQueryData('paymentsGetCart', undefined, answer.data));
        },
      }),
      paymentsOrder: build.mutation<Order, { readonly provider: string; readonly key: string }>({
        query: ({ provider, key }) => ({ url: `${ROOT}/orders`, method: 'POST', body: { provider }, headers: once(key) }),
        // Whoever leaves for a provider's page comes back to a new one; until then, and where it failed, the cart is shown as it was.
        invalidatesTags: (order) =>
          order?.checkout_url === null ? ['payments.Cart', 'payments.Orders', 'payments.Offers', 'Course', 'Catalogue', 'Dashboard', 'Lesson'] : ['payments.Orders'],
      }),
      paymentsListMyOrders: build.query<Paginated<OrderCard>, { readonly cursor?: string }>({
        query: (params) => ({ url: `${ROOT}/me/orders`, params }),
        providesTags: ['payments.Orders'],
      }),
      paymentsGetOrder: build.query<Order, string>({ query: (id) => `${ROOT}/orders/${id}`, providesTags: ['payments.Orders'] }),
      paymentsCheckOrder: build.mutation<Order, string>({ query: (id) => ({ url: `${ROOT}/orders/${id}/check`, method: 'POST' }), invalidatesTags: ['payments.Orders'] }),
      paymentsCancelOrder: build.mutation<Order, string>({
        query: (id) => ({ url: `${ROOT}/orders/${id}/cancel`, method: 'POST', headers: once() }),
        invalidatesTags: ['payments.Orders'],
      }),
      paymentsGetDocument: build.query<DocumentPage, string>({ query: (id) => `${ROOT}/documents/${id}` }),
      paymentsMailDocument: build.mutation<void, string>({ query: (id) => ({ url: `${ROOT}/documents/${id}/mail`, method: 'POST', headers: once() }) }),
    }),
  });

/** What is fetched again once a course is held, by the plugin and by the host. */
export const HELD_TAGS = ['payments.Offers', 'payments.Orders', 'Course', 'Catalogue', 'Dashboard', 'Lesson'] as const;

export const { invalidateTags } = buyerApi.util;

export const {
  usePaymentsListOffersQuery,
  usePaymentsGetAccessQuery,
  usePaymentsListProvidersQuery,
  usePaymentsGetCartQuery,
  usePaymentsSaveCartMutation,
  usePaymentsOrderMutation,
  usePaymentsListMyOrdersQuery,
  usePaymentsGetOrderQuery,
  usePaymentsCheckOrderMutation,
  usePaymentsCancelOrderMutation,
  usePaymentsGetDocumentQuery,
  usePaymentsMailDocumentMutation,
} = buyerApi;
