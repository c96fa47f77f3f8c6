import type Stripe from 'stripe';
import type { CheckoutOrder } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { orderedLines } from './ordered-lines.ts';
import { reductionsOf } from './discounted-lines.ts';
import { amountOf } from './items.ts';

export interface LineTotal {
  readonly subtotal: number;
  readonly discount: number;
}

const couponsOf = (work: Work, { redemptions }: CheckoutOrder): Stripe.Coupon[] =>
  redemptions.flatMap(({ coupon }) => work.state.objects.coupons.get(coupon) ?? []);

/** What each line costs today and what is taken off it, in the minor unit: nothing at all while a trial comes first. */
export function lineTotals(work: Work, session: string): LineTotal[] {
  const order = work.state.orders.get(session);
  const trial = (order?.trialEnd ?? null) !== null;
  const amounts = orderedLines(work, session).map(({ price, quantity }) => (trial ? 0 : amountOf(price, quantity)));
  const reductions = order === undefined ? [] : reductionsOf(amounts, couponsOf(work, order));
  return amounts.map((subtotal, index) => ({ subtotal, discount: reductions[index] ?? 0 }));
}

/** The session with the totals and discounts of its order. */
export function withTotals(work: Work, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  const totals = lineTotals(work, session.id);
  const subtotal = totals.reduce((sum, one) => sum + one.subtotal, 0);
  const discount = totals.reduce((sum, one) => sum + one.discount, 0);
  const redemptions = work.state.orders.get(session.id)?.redemptions ?? [];
  const discounts = redemptions.map(({ coupon, promotionCode }) => ({ coupon, promotion_code: promotionCode }));
  return {
    ...session,
    amount_subtotal: subtotal,
    amount_total: subtotal - discount,
    discounts,
    total_details: { amount_discount: discount, amount_shipping: 0, amount_tax: 0 },
  };
}
