import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { Work } from '../core/work.ts';
import { wholeList } from '../wire/lists.ts';
import { type Redemption, redeem } from './discounts.ts';
import { NO_DETAILS } from './ending.ts';
import { periodLines } from './invoice-lines.ts';
import { type Collection, invoiceNow } from './collecting.ts';
import { newItem, recurringOf } from './items.ts';
import { periodFrom } from './periods.ts';

export type MissingMethod = 'cancel' | 'create_invoice' | 'pause';

export interface Order {
  readonly customer: Stripe.Customer;
  /** Null when a trial begins without one. */
  readonly method: Stripe.PaymentMethod | null;
  readonly lines: readonly { readonly price: Stripe.Price; readonly quantity: number }[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly description: string | null;
  /** Whole seconds; null without a trial. */
  readonly trialEnd: number | null;
  /** What happens when the trial ends and there is nothing to charge. @default 'create_invoice' */
  readonly missingMethod?: MissingMethod | undefined;
  /** Whether the method that pays the first invoice becomes the subscription's own. @default 'off' */
  readonly redemptions?: readonly Redemption[] | undefined;
  /** The checkout session that it was ordered in. */
  readonly session?: string;
  readonly saveMethod?: 'off' | 'on_subscription' | undefined;
  /** Whether it begins `incomplete`, until its first invoice is paid; Checkout's have been paid for. @default false */
  readonly unpaidYet?: boolean;
}

/** What every subscription here begins with: Stripe's defaults. */
const DEFAULTS = {
  application: null,
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor_config: null,
  billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' } },
  billing_thresholds: null,
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: NO_DETAILS,
  collection_method: 'charge_automatically',
  customer_account: null,
  days_until_due: null,
  default_source: null,
  ended_at: null,
  livemode: false,
  managed_payments: null,
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pause_collection: null,
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  transfer_data: null,
  object: 'subscription',
  billing_schedules: [],
  default_tax_rates: [],
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: { type: 'self' },
  },
} satisfies Partial<Stripe.Subscription>;

function itemsOf(order: Order, subscription: string, now: number): Stripe.SubscriptionItem[] {
  return order.lines.map(({ price, quantity }) => {
    const period =
      order.trialEnd === null ? periodFrom(now, now, recurringOf(price)) : { start: now, end: order.trialEnd };
    return newItem({ subscription, price, quantity, period, now });
  });
}

interface NewFacts {
  readonly id: string;
  readonly invoice: string;
  readonly now: number;
  readonly discounts: readonly Stripe.Discount[];
}

function newSubscription(order: Order, { id, invoice, now, discounts }: NewFacts): Stripe.Subscription {
  const trial = order.trialEnd !== null;
  return {
    ...DEFAULTS,
    id,
    billing_cycle_anchor: order.trialEnd ?? now,
    created: now,
    currency: order.lines[0]?.price.currency ?? 'usd',
    customer: order.customer.id,
    default_payment_method: order.method?.id ?? null,
    description: order.description,
    discounts: discounts.map((discount) => discount.id),
    items: wholeList(`/v1/subscription_items?subscription=${id}`, itemsOf(order, id, now)),
    latest_invoice: invoice,
    metadata: { ...order.metadata },
    start_date: now,
    test_clock: order.customer.test_clock ?? null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: order.saveMethod ?? 'off',
    },
    status: trial ? 'trialing' : order.unpaidYet === true ? 'incomplete' : 'active',
    trial_end: order.trialEnd,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: order.missingMethod ?? 'create_invoice' },
    },
    trial_start: trial ? now : null,
  };
}

/** Makes a subscription that has just been paid for (or whose trial begins), with its first invoice. */
export function subscribe(
  work: Work,
  order: Order,
  how: Collection = {},
): { subscription: Stripe.Subscription; invoice: Stripe.Invoice } {
  const id = newId('in');
  const subscriptionId = newId('sub');
  const owner = { customer: order.customer.id, subscription: subscriptionId, session: order.session };
  const discounts = (order.redemptions ?? []).flatMap((one) => redeem(work, one, owner) ?? []);
  const subscription = newSubscription(order, { id: subscriptionId, invoice: id, now: work.now, discounts });
  work.save('subscriptions', subscription, 'customer.subscription.created');
  const period = { start: work.now, end: work.now };
  const facts = {
    id,
    subscription,
    lines: periodLines(work, subscription),
    reason: 'subscription_create',
    period,
  } as const;
  const invoice = invoiceNow(work, facts, how);
  return { subscription, invoice };
}
