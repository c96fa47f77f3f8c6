import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { State } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { addMonths } from './periods.ts';
import { idOf } from './references.ts';

/** A coupon that was redeemed, by itself or by a promotion code. */
export interface Redemption {
  readonly coupon: string;
  readonly promotionCode: string | null;
}

type Reduction = Pick<Stripe.Coupon, 'percent_off' | 'amount_off'>;

/** What a coupon takes off an amount: in the minor unit, rounded, and never more than there is. */
export function reductionOf(amount: number, { percent_off: percent, amount_off: off }: Reduction): number {
  const wanted = percent === null ? (off ?? 0) : Math.round((amount * percent) / 100);
  return Math.min(Math.max(0, amount), wanted);
}

/** When a discount ends: never, after so many months, or (null as well, for `once`) with the invoice that it reduces. */
function endOf(coupon: Stripe.Coupon, start: number): number | null {
  return coupon.duration === 'repeating' ? addMonths(start, coupon.duration_in_months ?? 1) : null;
}

/** True while a coupon can still be redeemed. */
export const isRedeemable = (coupon: Stripe.Coupon, now: number): boolean =>
  (coupon.redeem_by === null || now < coupon.redeem_by) &&
  (coupon.max_redemptions === null || coupon.times_redeemed < coupon.max_redemptions);

/** Counts a redemption: a coupon, or a code, that is spent by it cannot be redeemed again. */
export function countRedemption(work: Work, { coupon: id, promotionCode }: Redemption): void {
  const coupon = work.state.objects.coupons.get(id);
  if (coupon) {
    const next = { ...coupon, times_redeemed: coupon.times_redeemed + 1 };
    work.save('coupons', { ...next, valid: isRedeemable(next, work.now) }, 'coupon.updated');
  }
  const code = promotionCode === null ? undefined : work.state.objects.promotionCodes.get(promotionCode);
  if (code === undefined) return;
  const times = code.times_redeemed + 1;
  const spent = code.max_redemptions !== null && times >= code.max_redemptions;
  work.save(
    'promotionCodes',
    { ...code, times_redeemed: times, active: code.active && !spent },
    'promotion_code.updated',
  );
}

interface Owner {
  readonly customer: string;
  readonly subscription: string;
  readonly session?: string | null | undefined;
}

/** Makes the discount of a subscription, and counts the redemption. @returns null for a coupon that is gone */
export function redeem(work: Work, redemption: Redemption, owner: Owner): Stripe.Discount | null {
  const coupon = work.state.objects.coupons.get(redemption.coupon);
  if (coupon === undefined) return null;
  const discount: Stripe.Discount = {
    id: newId('di'),
    object: 'discount',
    checkout_session: owner.session ?? null,
    customer: owner.customer,
    customer_account: null,
    end: endOf(coupon, work.now),
    invoice: null,
    invoice_item: null,
    promotion_code: redemption.promotionCode,
    source: { coupon: coupon.id, type: 'coupon' },
    start: work.now,
    subscription: owner.subscription,
    subscription_item: null,
  };
  work.save('discounts', discount, 'customer.discount.created');
  countRedemption(work, redemption);
  return discount;
}

export interface Active {
  readonly discount: Stripe.Discount;
  readonly coupon: Stripe.Coupon;
}

/** The discounts of a subscription that count at a time, in their order. @param at whole seconds */
export function activeDiscounts(state: State, subscription: Stripe.Subscription, at: number): Active[] {
  return subscription.discounts.flatMap((reference) => {
    const discount = state.objects.discounts.get(idOf(reference));
    const coupon = discount?.source.coupon ? state.objects.coupons.get(idOf(discount.source.coupon)) : undefined;
    if (discount === undefined || coupon === undefined) return [];
    return discount.end === null || at < discount.end ? [{ discount, coupon }] : [];
  });
}

/** Those that have had their time, or their one invoice, are taken from the subscription. */
export function dropSpent(work: Work, subscription: Stripe.Subscription, invoice: Stripe.Invoice): void {
  const used = new Set((invoice.discounts ?? []).map((one) => (typeof one === 'string' ? one : one.id)));
  const kept = activeDiscounts(work.state, subscription, work.now).filter(
    ({ coupon, discount }) => coupon.duration !== 'once' || !used.has(discount.id),
  );
  const ids = new Set(kept.map(({ discount }) => discount.id));
  const gone = subscription.discounts.map(idOf).filter((id) => !ids.has(id));
  if (gone.length === 0) return;
  for (const id of gone) {
    const discount = work.state.objects.discounts.get(id);
    if (discount) work.emit('customer.discount.deleted', discount);
  }
  const current = work.state.objects.subscriptions.get(subscription.id) ?? subscription;
  work.save('subscriptions', { ...current, discounts: [...ids] }, 'customer.subscription.updated');
}
