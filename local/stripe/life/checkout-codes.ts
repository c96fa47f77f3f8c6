import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { objection } from '../resources/redemptions.ts';
import { withTotals } from './checkout-totals.ts';
import { isRedeemable } from './discounts.ts';
import { idOf } from './references.ts';

const INVALID = 'This code is invalid.';

/** Redeems a code that a customer typed: the session's totals change at once. @returns why not, or null */
export function applyPromotionCode(work: Work, session: Stripe.Checkout.Session, typed: string): string | null {
  const { objects, orders } = work.state;
  const order = orders.get(session.id);
  const known = [...objects.promotionCodes.values()].filter(({ code }) => code.toLowerCase() === typed.toLowerCase());
  const code = known.find(({ active }) => active) ?? known[0];
  const coupon = code?.promotion.coupon ? objects.coupons.get(idOf(code.promotion.coupon)) : undefined;
  const may = session.allow_promotion_codes === true && order?.redemptions.length === 0;
  if (!may || code === undefined || coupon === undefined) return INVALID;
  if (!isRedeemable(coupon, work.now) || (coupon.currency ?? session.currency) !== session.currency) return INVALID;
  const customer = session.customer === null ? null : idOf(session.customer);
  const purchase = { customer, amount: session.amount_subtotal ?? 0, currency: session.currency ?? 'usd' };
  const refusal = objection(work.state, code, purchase, work.now);
  if (refusal !== null) return refusal;
  orders.set(session.id, { ...order, redemptions: [{ coupon: coupon.id, promotionCode: code.id }] });
  work.save('checkoutSessions', withTotals(work, session), null);
  return null;
}
