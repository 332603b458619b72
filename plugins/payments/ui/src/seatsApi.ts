import { type Paginated, api } from '@questline/ui-sdk';
import { ROOT, once } from './api.ts';
import type { CourseRef } from './types.ts';

export const SEAT_STATES = ['invited', 'taken', 'revoked'] as const;
export type SeatState = (typeof SEAT_STATES)[number];

interface Person {
  readonly id: string | null;
  readonly display_name: string;
}

/** Seats that were bought together. */
export interface Seats {
  readonly id: string;
  readonly order_id: string;
  readonly order_number: string;
  readonly title: string;
  readonly courses: readonly CourseRef[];
  readonly seats: number;
  readonly invited: number;
  readonly taken: number;
  readonly free: number;
  readonly mine: boolean;
  readonly buyer: Person | null;
  readonly created_at: string;
}

/** A seat that was given to somebody; `seated` says whether there is one for it now. */
export interface Seat {
  readonly id: string;
  readonly email: string | null;
  readonly person: Person | null;
  readonly by_code: boolean;
  readonly state: SeatState;
  readonly seated: boolean;
  readonly assigned_at: string;
  readonly taken_at: string | null;
  readonly ended_at: string | null;
  readonly expires_at: string | null;
}

/** What became of an address; `path` leads to the seat where the site sends no mail. */
export interface SeatInvitation {
  readonly email: string;
  readonly outcome: 'invited' | 'has_seat';
  readonly path: string | null;
}

export interface SeatCode {
  readonly id: string;
  readonly hint: string;
  readonly state: 'active' | 'used_up' | 'expired' | 'revoked';
  readonly max_uses: number;
  readonly uses: number;
  readonly expires_at: string;
  readonly created_at: string;
}

interface People {
  readonly pool: string;
  readonly search?: string;
  readonly state?: string;
  readonly cursor?: string;
}

interface OfSeat {
  readonly pool: string;
  readonly seat: string;
}

const seatsApi = api.enhanceEndpoints({ addTagTypes: ['payments.Seats', 'payments.SeatCodes', 'payments.Offers', 'Course', 'Catalogue', 'Dashboard', 'Lesson'] }).injectEndpoints({
  endpoints: (build) => ({
    paymentsListMySeats: build.query<Paginated<Seats>, { readonly cursor?: string }>({ query: (params) => ({ url: `${ROOT}/me/seats`, params }), providesTags: ['payments.Seats'] }),
    paymentsListSeats: build.query<Paginated<Seats>, { readonly order_id: string }>({ query: (params) => ({ url: `${ROOT}/seats`, params }), providesTags: ['payments.Seats'] }),
    paymentsGetSeats: build.query<Seats, string>({ query: (id) => `${ROOT}/seats/${id}`, providesTags: ['payments.Seats'] }),
    paymentsListSeatPeople: build.query<Paginated<Seat>, People>({ query: ({ pool, ...params }) => ({ url: `${ROOT}/seats/${pool}/people`, params }), providesTags: ['payments.Seats'] }),
    paymentsAssignSeats: build.mutation<{ readonly items: readonly SeatInvitation[] }, { readonly pool: string; readonly emails: readonly string[] }>({
      query: ({ pool, emails }) => ({ url: `${ROOT}/seats/${pool}/people`, method: 'POST', body: { emails }, headers: once() }),
      invalidatesTags: ['payments.Seats'],
    }),
    paymentsInviteToSeatAgain: build.mutation<SeatInvitation, OfSeat>({
      query: ({ pool, seat }) => ({ url: `${ROOT}/seats/${pool}/people/${seat}/mail`, method: 'POST', headers: once() }),
      invalidatesTags: ['payments.Seats'],
    }),
    paymentsTakeSeatBack: build.mutation<Seats, OfSeat>({
      query: ({ pool, seat }) => ({ url: `${ROOT}/seats/${pool}/people/${seat}/revoke`, method: 'POST', headers: once() }),
      invalidatesTags: ['payments.Seats'],
    }),
    paymentsReassignSeat: build.mutation<SeatInvitation, OfSeat & { readonly email: string }>({
      query: ({ pool, seat, email }) => ({ url: `${ROOT}/seats/${pool}/people/${seat}/reassign`, method: 'POST', body: { email }, headers: once() }),
      invalidatesTags: (_answer, error) => (error === undefined ? ['payments.Seats'] : []),
    }),
    paymentsListSeatCodes: build.query<Paginated<SeatCode>, { readonly pool: string; readonly cursor?: string }>({
      query: ({ pool, ...params }) => ({ url: `${ROOT}/seats/${pool}/codes`, params }),
      providesTags: ['payments.SeatCodes'],
    }),
    paymentsAddSeatCode: build.mutation<SeatCode & { readonly code: string }, { readonly pool: string; readonly max_uses: number; readonly days: number }>({
      query: ({ pool, ...body }) => ({ url: `${ROOT}/seats/${pool}/codes`, method: 'POST', body, headers: once() }),
      invalidatesTags: ['payments.SeatCodes'],
    }),
    paymentsRevokeSeatCode: build.mutation<SeatCode, { readonly pool: string; readonly code: string }>({
      query: ({ pool, code }) => ({ url: `${ROOT}/seats/${pool}/codes/${code}/revoke`, method: 'POST', headers: once() }),
      invalidatesTags: ['payments.SeatCodes'],
    }),
    paymentsRedeemSeat: build.mutation<{ readonly title: string; readonly courses: readonly CourseRef[] }, string>({
      query: (code) => ({ url: `${ROOT}/seats/redeem`, method: 'POST', body: { code }, headers: once() }),
      invalidatesTags: (_answer, error) => (error === undefined ? ['payments.Seats', 'payments.SeatCodes', 'payments.Offers', 'Course', 'Catalogue', 'Dashboard', 'Lesson'] : []),
    }),
  }),
});

export const {
  usePaymentsListMySeatsQuery,
  usePaymentsListSeatsQuery,
  usePaymentsGetSeatsQuery,
  usePaymentsListSeatPeopleQuery,
  usePaymentsAssignSeatsMutation,
  usePaymentsInviteToSeatAgainMutation,
  usePaymentsTakeSeatBackMutation,
  usePaymentsReassignSeatMutation,
  usePaymentsListSeatCodesQuery,
  usePaymentsAddSeatCodeMutation,
  usePaymentsRevokeSeatCodeMutation,
  usePaymentsRedeemSeatMutation,
} = seatsApi;
