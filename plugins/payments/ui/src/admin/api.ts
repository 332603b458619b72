import { type Paginated, api } from '@questline/ui-sdk';
import { ROOT, once } from '../api.ts';
import type { Order, OrderCard, Price } from '../types.ts';
import type { Balance, Coupon, CouponInput, Course, Entry, Message, MessageDetails, Month, PriceInput, Product, ProductInput, Reconciliation, RefundInput, TaxRate } from './types.ts';

interface From {
  readonly cursor?: string;
  readonly limit?: number;
}

const adminApi = api
  .enhanceEndpoints({
    addTagTypes: ['payments.Offers', 'payments.Orders', 'payments.Products', 'payments.Coupons', 'payments.Tax', 'payments.Books', 'payments.Messages'],
  })
  .injectEndpoints({
    endpoints: (build) => ({
      paymentsListCourses: build.query<Paginated<Course>, void>({ query: () => ({ url: '/api/v1/catalogue', params: { limit: 100 } }) }),
      paymentsListProducts: build.query<Paginated<Product>, From>({ query: (params) => ({ url: `${ROOT}/products`, params }), providesTags: ['payments.Products'] }),
      paymentsAddProduct: build.mutation<Product, ProductInput>({
        query: (body) => ({ url: `${ROOT}/products`, method: 'POST', body, headers: once() }),
        invalidatesTags: ['payments.Products', 'payments.Offers'],
      }),
      paymentsChangeProduct: build.mutation<Product, { readonly id: string; readonly input: ProductInput }>({
        query: ({ id, input }) => ({ url: `${ROOT}/products/${id}`, method: 'PUT', body: input, headers: once() }),
        invalidatesTags: ['payments.Products', 'payments.Offers'],
      }),
      paymentsAddPrice: build.mutation<Price, { readonly id: string; readonly input: PriceInput }>({
        query: ({ id, input }) => ({ url: `${ROOT}/products/${id}/prices`, method: 'POST', body: input, headers: once() }),
        invalidatesTags: ['payments.Products', 'payments.Offers'],
      }),
      paymentsChangePrice: build.mutation<Price, { readonly id: string; readonly active: boolean }>({
        query: ({ id, active }) => ({ url: `${ROOT}/prices/${id}`, method: 'PUT', body: { active }, headers: once() }),
        invalidatesTags: ['payments.Products', 'payments.Offers'],
      }),
      paymentsListCoupons: build.query<Paginated<Coupon>, From>({ query: (params) => ({ url: `${ROOT}/coupons`, params }), providesTags: ['payments.Coupons'] }),
      paymentsAddCoupon: build.mutation<Coupon, CouponInput>({
        query: (body) => ({ url: `${ROOT}/coupons`, method: 'POST', body, headers: once() }),
        invalidatesTags: ['payments.Coupons'],
      }),
      paymentsChangeCoupon: build.mutation<Coupon, { readonly id: string; readonly input: CouponInput }>({
        query: ({ id, input }) => ({ url: `${ROOT}/coupons/${id}`, method: 'PUT', body: input, headers: once() }),
        invalidatesTags: ['payments.Coupons'],
      }),
      paymentsListTaxRates: build.query<{ readonly items: readonly TaxRate[] }, void>({ query: () => `${ROOT}/tax-rates`, providesTags: ['payments.Tax'] }),
      paymentsSaveTaxRates: build.mutation<{ readonly items: readonly TaxRate[] }, readonly TaxRate[]>({
        query: (items) => ({ url: `${ROOT}/tax-rates`, method: 'PUT', body: { items }, headers: once() }),
        invalidatesTags: ['payments.Tax'],
      }),
      paymentsListOrders: build.query<Paginated<OrderCard>, From & { readonly state?: string; readonly search?: string }>({
        query: (params) => ({ url: `${ROOT}/orders`, params }),
        providesTags: ['payments.Orders'],
      }),
      paymentsRefund: build.mutation<Order, { readonly id: string; readonly key: string; readonly input: RefundInput }>({
        query: ({ id, key, input }) => ({ url: `${ROOT}/orders/${id}/refunds`, method: 'POST', body: input, headers: once(key) }),
        invalidatesTags: ['payments.Orders', 'payments.Books'],
      }),
      paymentsListLedger: build.query<Paginated<Entry>, From & { readonly order_id?: string }>({
        query: (params) => ({ url: `${ROOT}/ledger`, params }),
        providesTags: ['payments.Books'],
      }),
      paymentsGetBalance: build.query<{ readonly items: readonly Balance[] }, void>({ query: () => `${ROOT}/ledger/balance`, providesTags: ['payments.Books'] }),
      paymentsListMessages: build.query<Paginated<Message>, From & { readonly state?: string }>({
        query: (params) => ({ url: `${ROOT}/messages`, params }),
        providesTags: ['payments.Messages'],
      }),
      paymentsGetMessage: build.query<MessageDetails, string>({ query: (id) => `${ROOT}/messages/${id}`, providesTags: ['payments.Messages'] }),
      paymentsReplayMessage: build.mutation<Message, string>({
        query: (id) => ({ url: `${ROOT}/messages/${id}/replay`, method: 'POST', headers: once() }),
        invalidatesTags: ['payments.Messages', 'payments.Orders', 'payments.Books'],
      }),
      paymentsReconcile: build.mutation<Reconciliation, { readonly provider: string; readonly since: string; readonly repair: boolean }>({
        query: (body) => ({ url: `${ROOT}/reconciliations`, method: 'POST', body, headers: once() }),
        invalidatesTags: (_answer, _error, { repair }) => (repair ? ['payments.Orders', 'payments.Books'] : []),
      }),
      paymentsGetRevenue: build.query<{ readonly items: readonly Month[] }, { readonly since: string; readonly until: string }>({
        query: (params) => ({ url: `${ROOT}/revenue`, params }),
        providesTags: ['payments.Books'],
      }),
    }),
  });

export const {
  usePaymentsListCoursesQuery,
  usePaymentsListProductsQuery,
  usePaymentsAddProductMutation,
  usePaymentsChangeProductMutation,
  usePaymentsAddPriceMutation,
  usePaymentsChangePriceMutation,
  usePaymentsListCouponsQuery,
  usePaymentsAddCouponMutation,
  usePaymentsChangeCouponMutation,
  usePaymentsListTaxRatesQuery,
  usePaymentsSaveTaxRatesMutation,
  usePaymentsListOrdersQuery,
  usePaymentsRefundMutation,
  usePaymentsListLedgerQuery,
  usePaymentsGetBalanceQuery,
  usePaymentsListMessagesQuery,
  usePaymentsGetMessageQuery,
  usePaymentsReplayMessageMutation,
  usePaymentsReconcileMutation,
  usePaymentsGetRevenueQuery,
} = adminApi;
