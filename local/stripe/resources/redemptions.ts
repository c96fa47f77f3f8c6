import type Stripe from 'stripe';
import type { State } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { isRedeemable, type Redemption } from '../life/discounts.ts';
import { idOf } from '../life/references.ts';
import { invalidRequest } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { list, notSupported, object, text, unsettable } from '../wire/params.ts';

export const discountParams = unsettable(
  list(object({ coupon: text(), promotion_code: text(), discount: notSupported }), 20),
);
/** Checkout takes no discount that exists already. */
export const checkoutDiscounts = unsettable(list(object({ coupon: text(), promotion_code: text() }), 20));
type Asked =
  readonly { readonly coupon: string | undefined; readonly promotion_code: string | undefined }[] | null | undefined;

export interface Purchase {
  readonly customer: string | null;
  /** Before any discount, in the minor unit. */
  readonly amount: number;
  readonly currency: string;
}

const refuse = (message: string, param: string): Error => invalidRequest(message, param, 'coupon_expired');

/** True for somebody who has paid for something before. */
const hasPaid = (state: State, customer: string | null): boolean =>
  [...state.objects.charges.values()].some((charge) => charge.paid && charge.customer === customer);

/** Why a code is not for this purchase; null when it is. */
export function objection(state: State, code: Stripe.PromotionCode, purchase: Purchase, now: number): string | null {
  const {
    first_time_transaction: first,
    minimum_amount: minimum,
    minimum_amount_currency: currency,
  } = code.restrictions;
  const expired = code.expires_at !== null && now >= code.expires_at;
  if (!code.active || expired) return 'This promotion code is not active.';
  if (code.customer !== null && idOf(code.customer) !== purchase.customer)
    return 'This promotion code is for another customer.';
  if (first && hasPaid(state, purchase.customer)) return 'This promotion code is for a first purchase only.';
  const tooLittle = minimum !== null && (purchase.amount < minimum || purchase.currency !== currency);
  return tooLittle ? 'This promotion code needs a larger purchase.' : null;
}

function checkCoupon(work: Work, id: string, purchase: Purchase, param: string): void {
  const coupon = find(work, 'coupons', id, param);
  if (!isRedeemable(coupon, work.now)) throw refuse(`Coupon ${id} is expired and cannot be applied.`, param);
  if (coupon.currency !== null && coupon.currency !== purchase.currency) {
    throw invalidRequest(`The coupon's currency (${coupon.currency}) is not that of the purchase.`, param);
  }
}

/** What is to be redeemed, all of it allowed. Nothing is counted yet. */
export function redemptionsOf(work: Work, discounts: Asked, purchase: Purchase): Redemption[] {
  return (discounts ?? []).map(({ coupon, promotion_code: promotion }, index) => {
    const at = `discounts[${index}]`;
    if ((coupon === undefined) === (promotion === undefined)) {
      throw invalidRequest('Name either a coupon or a promotion_code.', at);
    }
    if (coupon !== undefined) {
      checkCoupon(work, coupon, purchase, `${at}[coupon]`);
      return { coupon, promotionCode: null };
    }
    const param = `${at}[promotion_code]`;
    const code = find(work, 'promotionCodes', promotion ?? '', param);
    const message = objection(work.state, code, purchase, work.now);
    if (message !== null) throw refuse(message, param);
    const id = code.promotion.coupon === null ? '' : idOf(code.promotion.coupon);
    checkCoupon(work, id, purchase, param);
    return { coupon: id, promotionCode: code.id };
  });
}
