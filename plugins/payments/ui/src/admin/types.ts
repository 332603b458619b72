import type { Price } from '../types.ts';

export interface Course {
  readonly id: string;
  readonly title: string;
}

export interface ProductInput {
  readonly kind: 'course' | 'bundle' | 'seats';
  readonly title: string;
  readonly summary: string;
  readonly course_ids: readonly string[];
  readonly active: boolean;
}

export interface Product extends ProductInput {
  readonly id: string;
  readonly prices: readonly Price[];
}

export interface PriceInput {
  readonly currency: string;
  readonly amount: number;
  readonly tax_inclusive: boolean;
  readonly interval: 'month' | 'year' | null;
}

export interface CouponInput {
  readonly code: string;
  readonly percent: number | null;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly product_ids: readonly string[];
  readonly starts_at: string | null;
  readonly ends_at: string | null;
  readonly max_uses: number | null;
  readonly max_uses_per_buyer: number | null;
  readonly active: boolean;
}

export interface Coupon extends CouponInput {
  readonly id: string;
  readonly exponent: number | null;
  readonly uses: number;
}

export interface TaxRate {
  readonly country: string;
  readonly customer_type: 'person' | 'company';
  readonly percent: string;
}

export interface RefundInput {
  readonly amount: number | null;
  readonly lines: readonly { readonly line_id: string; readonly amount: number }[] | null;
  readonly surplus: boolean;
  readonly reason: string;
}

export interface Entry {
  readonly id: string;
  readonly order_id: string | null;
  readonly kind: string;
  readonly occurred_at: string;
  readonly currency: string;
  readonly exponent: number;
  readonly postings: readonly { readonly account: string; readonly amount: number }[];
}

export interface Balance {
  readonly account: string;
  readonly currency: string;
  readonly exponent: number;
  readonly amount: number;
}

export const MESSAGE_STATES = ['waiting', 'done', 'failed', 'refused', 'unchecked'] as const;

export interface Message {
  readonly id: string;
  readonly provider: string;
  readonly event_id: string | null;
  readonly type: string | null;
  readonly payment_id: string | null;
  readonly state: (typeof MESSAGE_STATES)[number];
  readonly times: number;
  readonly error: string;
  readonly received_at: string;
  readonly done_at: string | null;
}

export interface MessageDetails extends Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Reconciliation {
  readonly checked: number;
  readonly repaired: number;
  readonly differences: readonly {
    readonly payment_id: string;
    readonly order_id: string | null;
    readonly what: 'paid' | 'refunded' | 'disputed' | 'unknown_order';
    readonly provider_amount: number;
    readonly ledger_amount: number;
    readonly currency: string;
    readonly exponent: number;
  }[];
}

export interface Month {
  readonly month: string;
  readonly currency: string;
  readonly exponent: number;
  readonly gross: number;
  readonly tax: number;
  readonly refunds: number;
  readonly disputes: number;
  readonly net: number;
  readonly orders: number;
  readonly mrr: number;
  readonly churned: number;
}
