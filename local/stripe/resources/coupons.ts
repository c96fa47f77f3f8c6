import type Stripe from 'stripe';
import { randomText } from '../core/ids.ts';
import { newestFirst } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { isRedeemable } from '../life/discounts.ts';
import { invalidRequest, missingParam } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import { integer, notSupported, oneOf, type Param, type Parsed, scalar, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

const percent: Param<number> = {
  read: (raw, path) => {
    const value = scalar(raw, path);
    const number = Number(value);
    if (!/^\d{1,3}(\.\d{1,2})?$/.test(value) || number <= 0 || number > 100) {
      throw invalidRequest('This value must be greater than 0 and less than or equal to 100.', path);
    }
    return number;
  },
};

const createParams = {
  id: text(200),
  name: text(40),
  percent_off: percent,
  amount_off: integer(1, 99_999_999),
  currency: text(3),
  duration: oneOf('forever', 'once', 'repeating'),
  duration_in_months: integer(1, 36),
  max_redemptions: integer(1),
  redeem_by: integer(0),
  metadata,
  applies_to: notSupported,
  currency_options: notSupported,
};

function check(work: Work, params: Parsed<typeof createParams>): void {
  const { percent_off: share, amount_off: off, duration, duration_in_months: months } = params;
  if (share === undefined && off === undefined) throw missingParam('percent_off');
  if (share !== undefined && off !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: amount_off, percent_off.', 'amount_off');
  }
  if (off !== undefined && params.currency === undefined) throw missingParam('currency');
  if (duration === 'repeating' && months === undefined) throw missingParam('duration_in_months');
  if (duration !== 'repeating' && months !== undefined) {
    throw invalidRequest('`duration_in_months` goes with the duration `repeating` only.', 'duration_in_months');
  }
  if (params.id !== undefined && work.state.objects.coupons.has(params.id)) {
    throw invalidRequest('Coupon already exists.', 'id', 'resource_already_exists');
  }
}

function createCoupon(work: Work, params: Parsed<typeof createParams>): Stripe.Coupon {
  check(work, params);
  const coupon: Stripe.Coupon = {
    id: params.id ?? randomText(8),
    object: 'coupon',
    amount_off: params.amount_off ?? null,
    created: work.now,
    currency: params.currency?.toLowerCase() ?? null,
    duration: params.duration ?? 'once',
    duration_in_months: params.duration_in_months ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    name: params.name ?? null,
    percent_off: params.percent_off ?? null,
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  };
  return work.save('coupons', coupon, 'coupon.created');
}

/** A coupon whose time to be redeemed has passed says so, though nothing has happened to it. */
const view = (work: Work, coupon: Stripe.Coupon): Stripe.Coupon => ({
  ...coupon,
  valid: isRedeemable(coupon, work.now),
});

function deleteCoupon(work: Work, id: string): object {
  const coupon = find(work, 'coupons', id);
  if ([...work.state.objects.discounts.values()].some((discount) => discount.source.coupon === id)) {
    throw invalidRequest('The Stripe simulator deletes no coupon that has been redeemed.', 'id');
  }
  work.state.objects.coupons.delete(id);
  work.emit('coupon.deleted', coupon);
  return { id, object: 'coupon', deleted: true };
}

export const couponRoutes: Route[] = [
  route('POST', '/v1/coupons', createParams, ({ work, params }) => createCoupon(work, params)),
  route('GET', '/v1/coupons/:id', {}, ({ work, id }) => view(work, find(work, 'coupons', id))),
  route('POST', '/v1/coupons/:id', { name: text(40), metadata }, ({ work, id, params }) => {
    const coupon = find(work, 'coupons', id);
    const merged = mergeMetadata(coupon.metadata ?? {}, params.metadata);
    return work.save('coupons', { ...coupon, name: params.name ?? coupon.name, metadata: merged }, 'coupon.updated');
  }),
  route('DELETE', '/v1/coupons/:id', {}, ({ work, id }) => deleteCoupon(work, id)),
  route('GET', '/v1/coupons', { ...listParams, created: range }, ({ work, params }) => {
    const wanted = newestFirst(work.state.objects.coupons).filter((coupon) => inRange(coupon.created, params.created));
    return pageOf(
      '/v1/coupons',
      wanted.map((coupon) => view(work, coupon)),
      params,
    );
  }),
];
