import type Stripe from 'stripe';
import type { SubscriptionRecord } from '../../billing/subscription.ts';

/** Noon of a fixed day: 15 January 2027, in seconds. */
export const NOON = 1_800_014_400;
export const DAY = 86_400;

/** What a test wants to be different. `price` and `period` stand in the one item. */
export interface Wanted extends Partial<Omit<Stripe.Subscription, 'items'>> {
  readonly price?: Partial<Stripe.Price>;
  readonly period?: { readonly start: number; readonly end: number };
}

/** A subscription as a payload carries it: the fields that our code reads, and a few that it must not stumble over. */
export function stripeSubscription({ price, period, ...wanted }: Wanted = {}): Stripe.Subscription {
  const subscription = {
    id: 'sub_1',
    object: 'subscription',
    customer: 'cus_1',
    status: 'active',
    created: NOON - DAY,
    currency: 'usd',
    cancel_at: null,
    cancel_at_period_end: false,
    ended_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    pause_collection: null,
    default_payment_method: 'pm_1',
    trial_start: null,
    trial_end: null,
    metadata: { userId: 'user-1' },
    items: { object: 'list', has_more: false, url: '/v1/subscription_items', data: [item(price, period)] },
    ...wanted,
  };
  return subscription as unknown as Stripe.Subscription; // only what is read is built
}

function item(price: Partial<Stripe.Price> = {}, period = { start: NOON - DAY, end: NOON + 29 * DAY }) {
  return {
    id: 'si_1',
    object: 'subscription_item',
    quantity: 1,
    current_period_start: period.start,
    current_period_end: period.end,
    price: {
      id: 'price_1',
      object: 'price',
      unit_amount: 2900,
      unit_amount_decimal: '2900',
      lookup_key: 'pro_monthly',
      metadata: { plan: 'pro_monthly' },
      recurring: { interval: 'month', interval_count: 1 },
      ...price,
    },
  };
}

export function subscriptionRecordOf(wanted: Partial<SubscriptionRecord> = {}): SubscriptionRecord {
  return {
    id: 'sub_1',
    customerId: 'cus_1',
    status: 'active',
    plan: 'pro_monthly',
    priceId: 'price_1',
    quantity: 1,
    amount: 2900,
    currency: 'usd',
    interval: 'month',
    createdAt: NOON - DAY,
    currentPeriodStart: NOON - DAY,
    currentPeriodEnd: NOON + 29 * DAY,
    cancelAt: null,
    endedAt: null,
    endedBecause: null,
    collectionPaused: null,
    collectionResumesAt: null,
    hasPaymentMethod: true,
    trialStart: null,
    trialEnd: null,
    ...wanted,
  };
}

let made = 0;

export function stripeEvent(type: string, object: unknown, wanted: Partial<Stripe.Event> = {}): Stripe.Event {
  made += 1;
  const event = {
    id: `evt_${made}`,
    object: 'event',
    type,
    created: NOON,
    api_version: '2026-10-28.endive',
    livemode: false,
    pending_webhooks: 1,
    request: null,
    data: { object },
    ...wanted,
  };
  return event as unknown as Stripe.Event; // the union of all events cannot be built from a type that is a string
}
