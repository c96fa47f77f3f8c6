import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { CheckoutOrder } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import type { Redemption } from '../life/discounts.ts';
import { amountOf } from '../life/items.ts';
import { invalidRequest } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import type { Parsed } from '../wire/params.ts';
import type { createParams } from './checkout-params.ts';
import { type Purchase, redemptionsOf } from './redemptions.ts';

export type Params = Parsed<typeof createParams>;

const HOUR = 60 * 60;
const DAY = 24 * HOUR;

/** Refuses what is said of one mode in another. */
export function refuseIn(mode: Params['mode'], params: Params, names: readonly (keyof Params)[]): void {
  const wrong = names.find((name) => params[name] !== undefined);
  if (wrong !== undefined) throw invalidRequest(`You can not pass \`${wrong}\` in \`${mode}\` mode.`, wrong);
}

/** Refuses the second of two parameters that exclude each other. */
export function refuseBoth(params: Params, first: keyof Params, second: keyof Params): void {
  if (params[first] === undefined || params[second] === undefined) return;
  throw invalidRequest(`You may only specify one of these parameters: ${first}, ${second}.`, first);
}

export function expiryOf({ expires_at: at }: Params, now: number): number {
  if (at === undefined) return now + DAY;
  // A minute of tolerance, so that "in half an hour" may be said by a clock that is a little behind.
  if (at < now + HOUR / 2 - 60 || at > now + DAY + 60) {
    const message =
      'The `expires_at` timestamp must be at least 30 minutes and less than 24 hours from Checkout Session creation.';
    throw invalidRequest(message, 'expires_at');
  }
  return at;
}

export function emailOf(work: Work, params: Params): string | null {
  refuseBoth(params, 'customer', 'customer_email');
  const { customer, customer_email: email } = params;
  return customer === undefined ? (email ?? null) : find(work, 'customers', customer, 'customer').email;
}

export const linesOf = (params: Params, prices: readonly Stripe.Price[]): CheckoutOrder['lines'] =>
  prices.map((price, index) => ({
    id: newId('li'),
    price: price.id,
    quantity: params.line_items?.[index]?.quantity ?? 1,
  }));

/** What is asked for before any discount. */
export const purchaseOf = (params: Params, prices: readonly Stripe.Price[]): Purchase => ({
  customer: params.customer ?? null,
  amount: prices.reduce((sum, price, index) => sum + amountOf(price, params.line_items?.[index]?.quantity ?? 1), 0),
  currency: prices[0]?.currency ?? 'usd',
});

/** Discounts given from the start: then there is no field for a code on the page. */
export function redemptionsAsked(work: Work, params: Params, purchase: Purchase): Redemption[] {
  const { discounts, allow_promotion_codes: codes } = params;
  if (discounts !== undefined && discounts !== null && codes === true) {
    throw invalidRequest(
      'You may only specify one of these parameters: allow_promotion_codes, discounts.',
      'discounts',
    );
  }
  return redemptionsOf(work, discounts, purchase);
}
