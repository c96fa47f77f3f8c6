import { plansOf, type Plan } from '../../billing/plans.ts';
import { cached } from '../../clients/cached.ts';
import { readCatalogue, type CataloguePrice } from '../../clients/catalogue.ts';
import { stripeAndKeys } from './keys.ts';
import { describe, log } from './log.ts';
import { plans } from './plans.ts';

/** A new price is sold within this time. */
const KEEP_MS = 60_000;

export interface PlanOnSale {
  readonly plan: Plan;
  readonly price: CataloguePrice;
}

/** The plans of the plans file with their prices as Stripe has them; one that Stripe does not have is not on sale. */
export const plansOnSale = cached(load, KEEP_MS, (error) =>
  log.warn('Prices could not be read again; going on with those known.', { cause: describe(error) }),
);

async function load(): Promise<PlanOnSale[]> {
  const { stripe } = await stripeAndKeys();
  const known = plansOf(plans);
  const prices = await readCatalogue(
    stripe,
    known.map((plan) => plan.lookupKey),
  );
  return known.flatMap((plan) => {
    const price = prices.get(plan.lookupKey);
    return price ? [{ plan, price }] : [];
  });
}
