import type Stripe from 'stripe';
import { METADATA } from '../../billing/metadata.ts';
import type { Plan } from '../../billing/plans.ts';
import { idOf } from '../../billing/subscription.ts';
import type { Report } from './change.ts';

/**
 * The price behind a plan's lookup key. A price's amount cannot be changed, so another amount is a new price: the lookup
 * key moves to it, the old one is no longer sold, and those who pay it go on paying it.
 *
 * @returns the price's id
 */
export async function ensurePrice(stripe: Stripe, plan: Plan, report: Report): Promise<string> {
  const what = `price ${plan.lookupKey}`;
  const known = await priceBehind(stripe, plan);
  if (known && sellsPlan(known, plan)) {
    const outcome = known.active ? 'unchanged' : 'updated';
    if (!known.active) await stripe.prices.update(known.id, { active: true });
    report({ what, outcome });
    return known.id;
  }
  const price = await stripe.prices.create(wantedPrice(plan));
  if (known) await stripe.prices.update(known.id, { active: false });
  report({ what, outcome: known ? 'updated' : 'created' });
  return price.id;
}

/** The price that a plan's lookup key leads to now; undefined when there is none. */
export async function priceBehind(stripe: Stripe, { lookupKey }: Plan): Promise<Stripe.Price | undefined> {
  const { data } = await stripe.prices.list({ lookup_keys: [lookupKey], limit: 1 });
  return data[0];
}

function wantedPrice(plan: Plan): Stripe.PriceCreateParams {
  return {
    product: plan.product.id,
    unit_amount: plan.amount,
    currency: plan.currency,
    recurring: { interval: plan.interval },
    lookup_key: plan.lookupKey,
    transfer_lookup_key: true,
    metadata: { [METADATA.plan]: plan.lookupKey },
  };
}

/** Whether a price is what the plans file says, sold or not. */
export function sellsPlan(price: Stripe.Price, plan: Plan): boolean {
  return (
    idOf(price.product) === plan.product.id &&
    price.unit_amount === plan.amount &&
    price.currency === plan.currency &&
    price.recurring?.interval === plan.interval &&
    price.recurring.interval_count === 1 &&
    price.metadata[METADATA.plan] === plan.lookupKey
  );
}
