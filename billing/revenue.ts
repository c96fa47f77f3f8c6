import type { SubscriptionRecord } from './subscription.ts';

/** What a record does not say about a price: asked of Stripe. */
export interface Terms {
  /** How many intervals one payment is for: 3 with `month` is a quarter. */
  readonly intervalCount: number;
  /** Discounts that never end. */
  readonly discounts: readonly Discount[];
}

/** One of the two, as in Stripe's coupons; `amountOff` is in the currency's minor unit, off each payment. */
export interface Discount {
  readonly percentOff: number | null;
  readonly amountOff: number | null;
}

export const PLAIN_TERMS: Terms = { intervalCount: 1, discounts: [] };

type Priced = Pick<SubscriptionRecord, 'amount' | 'quantity' | 'interval'>;

/** Intervals a month. A year has 365 days, and 52 weeks. */
const A_MONTH: Readonly<Record<string, number>> = { day: 365 / 12, week: 52 / 12, month: 1, year: 1 / 12 };

/**
 * What a subscription brings in a month, in its currency's minor unit, not rounded; null when its price is no plain amount.
 * Discounts that end do not count, as little as taxes do, which the record does not have.
 *
 * @see https://support.stripe.com/questions/billing-analytics
 */
export function monthlyAmount(
  { amount, quantity, interval }: Priced,
  { intervalCount, discounts }: Terms,
): number | null {
  const aMonth = interval === null ? undefined : A_MONTH[interval];
  if (amount === null || aMonth === undefined) return null;
  return (discounts.reduce(discounted, amount * quantity) * aMonth) / intervalCount;
}

const discounted = (amount: number, { percentOff, amountOff }: Discount): number =>
  Math.max(0, percentOff === null ? amount - (amountOff ?? 0) : amount * (1 - percentOff / 100));

/**
 * Whether it counts towards recurring revenue: active or past due, as Stripe counts. Not in a trial, not unpaid, not paused,
 * and, which is our own rule, not while its collection is paused: nothing is taken then.
 *
 * @see https://docs.stripe.com/billing/subscriptions/analytics/glossary
 */
export const bringsRevenue = ({ status, collectionPaused }: Pick<SubscriptionRecord, 'status' | 'collectionPaused'>) =>
  (status === 'active' || status === 'past_due') && collectionPaused === null;
