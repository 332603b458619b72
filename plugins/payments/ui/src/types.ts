/** An amount in minor units of a currency whose exponent stands beside it. */
interface InCurrency {
  readonly currency: string;
  readonly exponent: number;
}

export type Interval = 'month' | 'year';

export interface Price extends InCurrency {
  readonly id: string;
  readonly product_id: string;
  readonly amount: number;
  readonly tax_inclusive: boolean;
  /** How often it is paid; null or nothing for once. */
  readonly interval?: Interval | null;
  readonly active: boolean;
}

export interface CourseRef {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
}

export interface Offer {
  readonly product_id: string;
  readonly kind: 'course' | 'bundle' | 'seats';
  readonly title: string;
  readonly summary: string;
  readonly courses: readonly CourseRef[];
  readonly prices: readonly Price[];
  readonly owned: boolean;
}

export interface Access {
  readonly for_sale: boolean;
  readonly entitled: boolean;
  readonly offers: readonly Offer[];
}

export interface Provider {
  readonly name: string;
  readonly title: string;
  readonly test: boolean;
}

export interface Billing {
  readonly name: string;
  readonly country: string;
  readonly customer_type: 'person' | 'company';
  readonly vat_id: string | null;
  readonly address: string;
}

export interface CartLine {
  readonly price_id: string;
  readonly quantity: number;
}

export interface QuotedLine extends CartLine {
  readonly product_id: string;
  readonly kind?: string;
  readonly title: string;
  readonly unit_amount: number;
  readonly interval?: Interval | null;
  readonly subtotal: number;
  readonly discount: number;
  readonly tax: number;
  readonly tax_percent: string;
  readonly total: number;
}

export interface Cart {
  readonly lines: readonly QuotedLine[];
  readonly currency: string | null;
  readonly exponent: number;
  readonly subtotal: number;
  readonly discount: number;
  readonly tax: number;
  readonly total: number;
  readonly tax_inclusive: boolean;
  readonly promotion_code: string | null;
  readonly billing: Billing | null;
  readonly problem: { readonly code: string; readonly detail: string } | null;
}

export interface CartInput {
  readonly lines: readonly CartLine[];
  readonly promotion_code: string | null;
  readonly billing: Billing | null;
}

export const STATES = ['open', 'paid', 'partly_refunded', 'refunded', 'disputed', 'review', 'cancelled', 'expired'] as const;
export type State = (typeof STATES)[number];

export interface OrderCard extends InCurrency {
  readonly id: string;
  readonly number: string;
  readonly state: State;
  readonly title: string;
  readonly total: number;
  readonly provider: string | null;
  readonly created_at: string;
  readonly buyer: { readonly id: string; readonly display_name: string } | null;
}

export interface OrderLine extends QuotedLine {
  readonly id: string;
  readonly refunded: number;
  readonly courses: readonly CourseRef[];
}

export interface Document extends InCurrency {
  readonly id: string;
  readonly kind: 'invoice' | 'credit_note';
  readonly number: string;
  readonly issued_at: string;
  readonly total: number;
}

export interface Refund {
  readonly id: string;
  readonly amount: number;
  readonly state: 'requested' | 'done' | 'failed';
  readonly reason: string;
  readonly surplus: boolean;
  readonly created_at: string;
}

export interface TimelineEntry {
  readonly at: string;
  readonly event: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly detail: string;
}

export interface Order extends OrderCard {
  readonly lines: readonly OrderLine[];
  readonly subtotal: number;
  readonly discount: number;
  readonly tax: number;
  readonly tax_inclusive: boolean;
  readonly paid: number;
  readonly refunded: number;
  readonly disputed: number;
  readonly refundable: number;
  readonly surplus: number;
  readonly promotion_code: string | null;
  readonly billing: Billing | null;
  readonly checkout_url: string | null;
  readonly expires_at: string | null;
  readonly can_cancel: boolean;
  readonly documents: readonly Document[];
  readonly refunds: readonly Refund[];
  readonly timeline: readonly TimelineEntry[];
}

export const SUBSCRIPTION_STATES = ['active', 'ending', 'past_due', 'ended'] as const;

export interface Subscription extends InCurrency {
  readonly id: string;
  readonly state: (typeof SUBSCRIPTION_STATES)[number];
  readonly title: string;
  readonly interval: Interval;
  readonly amount: number;
  readonly period_end: string | null;
  readonly grace_until: string | null;
  readonly failure: string;
  readonly created_at: string;
  readonly ended_at: string | null;
  readonly buyer: { readonly id: string; readonly display_name: string } | null;
}

export interface DocumentPage extends Document {
  readonly order_id: string;
  readonly order_number: string;
  readonly tax_inclusive: boolean;
  readonly seller: { readonly name: string; readonly address: string; readonly vat_id: string };
  readonly buyer: Billing | null;
  readonly lines: readonly { readonly title: string; readonly quantity: number; readonly total: number; readonly tax: number; readonly tax_percent: string }[];
}
