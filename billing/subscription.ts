import type Stripe from 'stripe';
import { METADATA, userOf } from './metadata.ts';

const STATUSES = [
  'active',
  'trialing',
  'past_due',
  'unpaid',
  'paused',
  'incomplete',
  'incomplete_expired',
  'canceled',
] as const;

/** Stripe's statuses; `unknown` for one that this version does not know (it gives no access, and counts as live). */
export type SubscriptionStatus = (typeof STATUSES)[number] | 'unknown';

const END_REASONS = ['cancellation_requested', 'payment_failed', 'payment_disputed'] as const;
const PAUSES = ['keep_as_draft', 'mark_uncollectible', 'void'] as const;

/**
 * What we keep of a Stripe subscription. Made from a payload or from a fetch it is the same, so that it can be compared.
 * Times are whole seconds, amounts in the currency's minor unit.
 */
export interface SubscriptionRecord {
  readonly id: string;
  readonly customerId: string;
  readonly status: SubscriptionStatus;
  /** The plan's lookup key; null when the price is not one of ours. */
  readonly plan: string | null;
  readonly priceId: string | null;
  readonly quantity: number;
  readonly amount: number | null;
  readonly currency: string;
  readonly interval: string | null;
  readonly createdAt: number;
  readonly currentPeriodStart: number | null;
  readonly currentPeriodEnd: number | null;
  /** When it is going to end; null when it goes on. */
  readonly cancelAt: number | null;
  readonly endedAt: number | null;
  /** Why it ended (`cancellation_details.reason`); null while it goes on, and when Stripe gives no reason we know. */
  readonly endedBecause: (typeof END_REASONS)[number] | null;
  /** What becomes of invoices while their collection is paused (the status stays as it was); null when it is not. */
  readonly collectionPaused: (typeof PAUSES)[number] | 'unknown' | null;
  /** When collection goes on by itself; null when it is not paused, or waits for somebody to resume it. */
  readonly collectionResumesAt: number | null;
  /** Whether it names a payment method. Without one, Stripe charges the customer's default, which is not seen here. */
  readonly hasPaymentMethod: boolean;
  readonly trialStart: number | null;
  readonly trialEnd: number | null;
}

/** Periods are on the items since API 2025-03-31; we sell one price a subscription, so the first item is the plan. */
export function subscriptionRecord(subscription: Stripe.Subscription): SubscriptionRecord {
  const item = subscription.items.data[0];
  return {
    id: subscription.id,
    customerId: idOf(subscription.customer),
    status: STATUSES.find((status) => status === subscription.status) ?? 'unknown',
    ...planOf(item),
    currency: subscription.currency,
    createdAt: subscription.created,
    currentPeriodStart: item?.current_period_start ?? null,
    currentPeriodEnd: item?.current_period_end ?? null,
    cancelAt: cancelAt(subscription, item),
    endedAt: subscription.ended_at,
    endedBecause: endedBecause(subscription),
    ...pauseOf(subscription.pause_collection),
    hasPaymentMethod: subscription.default_payment_method !== null,
    trialStart: subscription.trial_start,
    trialEnd: subscription.trial_end,
  };
}

type PlanFields = Pick<SubscriptionRecord, 'plan' | 'priceId' | 'quantity' | 'amount' | 'interval'>;

function planOf(item: Stripe.SubscriptionItem | undefined): PlanFields {
  const price = item?.price;
  return {
    plan: price?.metadata[METADATA.plan] ?? price?.lookup_key ?? null,
    priceId: price?.id ?? null,
    quantity: item?.quantity ?? 1,
    amount: price?.unit_amount ?? null,
    interval: price?.recurring?.interval ?? null,
  };
}

/** Flexible billing, today's default, sets `cancel_at`; classic billing sets the flag and means the period's end. */
function cancelAt(subscription: Stripe.Subscription, item: Stripe.SubscriptionItem | undefined): number | null {
  if (subscription.cancel_at !== null) return subscription.cancel_at;
  return subscription.cancel_at_period_end ? (item?.current_period_end ?? null) : null;
}

/** Stripe gives the reason as soon as the end is scheduled; it is kept once it is true. */
function endedBecause({ ended_at, cancellation_details }: Stripe.Subscription): SubscriptionRecord['endedBecause'] {
  if (ended_at === null) return null;
  return END_REASONS.find((reason) => reason === cancellation_details?.reason) ?? null;
}

type PauseFields = Pick<SubscriptionRecord, 'collectionPaused' | 'collectionResumesAt'>;

function pauseOf(pause: Stripe.Subscription.PauseCollection | null): PauseFields {
  if (pause === null) return { collectionPaused: null, collectionResumesAt: null };
  const collectionPaused = PAUSES.find((behavior) => behavior === pause.behavior) ?? 'unknown';
  return { collectionPaused, collectionResumesAt: pause.resumes_at };
}

/** Whether two records say the same. */
export function sameRecord(a: SubscriptionRecord, b: SubscriptionRecord): boolean {
  const other = new Map<string, unknown>(Object.entries(b));
  const fields = Object.entries(a);
  return fields.length === other.size && fields.every(([name, value]) => other.get(name) === value);
}

/** The user that a subscription says it belongs to. */
export function ownerOf(subscription: Stripe.Subscription): string | undefined {
  return userOf(subscription.metadata);
}

/** Stripe's expandable fields: an id, or the object in its place. */
export function idOf(expandable: string | { id: string }): string {
  return typeof expandable === 'string' ? expandable : expandable.id;
}

/** Still bound to the customer in some way, so that a second one must not be sold. */
export function isLive(subscription: Pick<SubscriptionRecord, 'status'>): boolean {
  return subscription.status !== 'canceled' && subscription.status !== 'incomplete_expired';
}
