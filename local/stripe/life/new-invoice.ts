import type Stripe from 'stripe';
import { wholeList } from '../wire/lists.ts';
import { totalDiscounts } from './discounted-lines.ts';
import type { Period } from './periods.ts';

export interface InvoiceFacts {
  readonly id: string;
  readonly customer: Stripe.Customer;
  readonly subscription: Stripe.Subscription;
  readonly lines: readonly Stripe.InvoiceLineItem[];
  readonly reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update';
  /** The period that the invoice looks back at. */
  readonly period: Period;
  /** Null when it is finalised at once. */
  readonly finalizesAt: number | null;
  /** Whether it goes on to be collected of itself. @default true */
  readonly advances?: boolean;
  readonly now: number;
}

/** What is left to pay when a customer's balance is counted in (negative is credit), and the balance that remains. */
export function settle(total: number, balance: number): { readonly due: number; readonly balance: number } {
  const due = Math.max(0, total + balance);
  return { due, balance: total + balance - due };
}

const customerFields = (customer: Stripe.Customer) =>
  ({
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: customer.tax_exempt ?? null,
    customer_tax_ids: [],
    test_clock: customer.test_clock ?? null,
  }) satisfies Partial<Stripe.Invoice>;

function amounts(lines: readonly Stripe.InvoiceLineItem[], balance: number) {
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const discounts = totalDiscounts(lines);
  const total = subtotal - discounts.reduce((sum, { amount }) => sum + amount, 0);
  const { due } = settle(total, balance);
  return {
    amount_due: due,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: due,
    amount_shipping: 0,
    starting_balance: balance,
    ending_balance: null,
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_discount_amounts: discounts,
    total_excluding_tax: total,
    total_pretax_credit_amounts: discounts.map(({ amount, discount }) => ({
      amount,
      discount,
      type: 'discount' as const,
    })),
    total_taxes: [],
    pre_payment_credit_notes_amount: 0,
    post_payment_credit_notes_amount: 0,
  } satisfies Partial<Stripe.Invoice>;
}

/** How every draft begins, and all that the simulator leaves empty. */
const FRESH = {
  account_country: 'US',
  account_name: 'Stripe simulator',
  account_tax_ids: null,
  application: null,
  custom_fields: null,
  default_payment_method: null,
  default_source: null,
  description: null,
  due_date: null,
  footer: null,
  from_invoice: null,
  last_finalization_error: null,
  latest_revision: null,
  next_payment_attempt: null,
  on_behalf_of: null,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  statement_descriptor: null,
  attempt_count: 0,
  attempted: false,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
  collection_method: 'charge_automatically',
  default_tax_rates: [],
  effective_at: null,
  hosted_invoice_url: null,
  invoice_pdf: null,
  issuer: { type: 'self' },
  livemode: false,
  metadata: {},
  number: null,
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  status: 'draft',
  status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
  webhooks_delivered_at: null,
  object: 'invoice',
} satisfies Partial<Stripe.Invoice>;

/** What all drafts are, whatever they are for. Amounts are in the currency's minor unit. */
const draftOf = ({ id, customer, lines, now }: Pick<InvoiceFacts, 'id' | 'customer' | 'lines' | 'now'>) => ({
  ...FRESH,
  ...customerFields(customer),
  ...amounts(lines, customer.balance),
  id,
  created: now,
  discounts: totalDiscounts(lines).map(({ discount }) => discount),
  lines: wholeList(
    `/v1/invoices/${id}/lines`,
    lines.map((line) => Object.assign({}, line, { invoice: id })),
  ),
});

/** A draft for a subscription, as Stripe makes it. */
export function newInvoice(facts: InvoiceFacts): Stripe.Invoice {
  const { subscription, reason, period, finalizesAt, advances = true } = facts;
  return {
    ...draftOf(facts),
    auto_advance: advances,
    automatically_finalizes_at: finalizesAt,
    billing_reason: reason,
    currency: subscription.currency,
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: 'subscription_details',
    },
    period_end: period.end,
    period_start: period.start,
  };
}

export interface ManualInvoiceFacts extends Pick<InvoiceFacts, 'id' | 'customer' | 'lines' | 'now'> {
  readonly currency: string;
  readonly description: string | null;
  readonly metadata: Stripe.Metadata;
  /** When it opens and is collected of itself, in whole seconds; null for never. */
  readonly finalizesAt: number | null;
}

/** A draft that somebody makes for what is no subscription. */
export const newManualInvoice = (facts: ManualInvoiceFacts): Stripe.Invoice => ({
  ...draftOf(facts),
  auto_advance: facts.finalizesAt !== null,
  automatically_finalizes_at: facts.finalizesAt,
  billing_reason: 'manual',
  currency: facts.currency,
  description: facts.description,
  metadata: facts.metadata,
  parent: null,
  period_end: facts.now,
  period_start: facts.now,
});
