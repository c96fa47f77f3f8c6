import type Stripe from 'stripe';
import type { Interval } from '../billing/plans.ts';

/** A price as Stripe has it now, found by its lookup key. */
export interface CataloguePrice {
  readonly lookupKey: string;
  readonly priceId: string;
  /** In the currency's minor unit. */
  readonly amount: number;
  readonly currency: string;
  readonly interval: Interval;
}

/** Stripe takes ten lookup keys at a time. */
const KEYS_A_REQUEST = 10;

/** The prices behind these lookup keys; those that Stripe does not have, or that have no fixed amount, are left out. */
export async function readCatalogue(
  stripe: Stripe,
  lookupKeys: readonly string[],
): Promise<Map<string, CataloguePrice>> {
  const prices = new Map<string, CataloguePrice>();
  for (let from = 0; from < lookupKeys.length; from += KEYS_A_REQUEST) {
    const lookup_keys = lookupKeys.slice(from, from + KEYS_A_REQUEST);
    const { data } = await stripe.prices.list({ lookup_keys, active: true, limit: 100 });
    for (const price of data.flatMap(cataloguePrice)) prices.set(price.lookupKey, price);
  }
  return prices;
}

function cataloguePrice(price: Stripe.Price): CataloguePrice[] {
  const { id, lookup_key, unit_amount, currency, recurring } = price;
  const interval = intervalOf(recurring?.interval);
  if (lookup_key === null || unit_amount === null || interval === undefined) return [];
  return [{ lookupKey: lookup_key, priceId: id, amount: unit_amount, currency, interval }];
}

function intervalOf(interval: string | undefined): Interval | undefined {
  return (['day', 'week', 'month', 'year'] as const).find((known) => known === interval);
}
