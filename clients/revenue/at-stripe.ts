import type Stripe from 'stripe';
import type { Discount, Terms } from '../../billing/revenue.ts';
import type { Pace } from '../pace.ts';
import { dateOf } from '../subscriptions.ts';

export interface TermsAtStripe {
  /** Stripe's time: that of the simulator can be put ahead. In seconds since 1970. */
  readonly now: number;
  /** By a subscription's id; ended ones are not among them. */
  readonly terms: ReadonlyMap<string, Terms>;
}

/** What the records do not say about prices, for all subscriptions that have not ended: a hundred by one call. */
export async function termsAtStripe(stripe: Stripe, pace: Pace): Promise<TermsAtStripe> {
  const terms = new Map<string, Terms>();
  const wanted = { limit: 100, expand: ['data.discounts.source.coupon'] };
  let now = 0;
  let after: string | undefined;
  do {
    const from = after === undefined ? {} : { starting_after: after };
    const page = await pace(() => stripe.subscriptions.list({ ...wanted, ...from }));
    for (const subscription of page.data) terms.set(subscription.id, termsOf(subscription));
    now = dateOf(page.lastResponse.headers);
    after = page.has_more ? page.data.at(-1)?.id : undefined;
  } while (after !== undefined);
  return { now, terms };
}

function termsOf({ items, discounts }: Stripe.Subscription): Terms {
  const intervalCount = items.data[0]?.price.recurring?.interval_count ?? 1;
  return { intervalCount, discounts: discounts.flatMap(forEver) };
}

function forEver(discount: string | Stripe.Discount): Discount[] {
  const coupon = typeof discount === 'string' ? null : discount.source.coupon;
  if (coupon === null || typeof coupon === 'string' || coupon.duration !== 'forever') return [];
  return [{ percentOff: coupon.percent_off, amountOff: coupon.amount_off }];
}
