import type Stripe from 'stripe';
import { newId, randomText } from '../core/ids.ts';
import { newestFirst } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { invalidRequest, missingParam } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { asked, inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import { bool, integer, needed, notSupported, object, oneOf, type Parsed, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

const createParams = {
  promotion: needed(object({ type: needed(oneOf('coupon')), coupon: text() })),
  code: text(500),
  active: bool,
  customer: text(),
  expires_at: integer(0),
  max_redemptions: integer(1),
  metadata,
  restrictions: object({
    first_time_transaction: bool,
    minimum_amount: integer(1),
    minimum_amount_currency: text(3),
    currency_options: notSupported,
  }),
};
const updateParams = { active: bool, metadata, restrictions: notSupported };
const filterParams = { ...listParams, active: bool, code: text(), coupon: text(), customer: text(), created: range };

/** Codes are told apart without regard to case, among those that are active. */
const sameCode = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function createCode(work: Work, params: Parsed<typeof createParams>): Stripe.PromotionCode {
  const coupon = params.promotion.coupon;
  if (coupon === undefined) throw missingParam('promotion[coupon]');
  find(work, 'coupons', coupon, 'promotion[coupon]');
  if (params.customer !== undefined) find(work, 'customers', params.customer, 'customer');
  const code = params.code ?? randomText(8).toUpperCase();
  if (!/^[a-z0-9-]+$/i.test(code)) throw invalidRequest('Codes may have letters, digits and dashes only.', 'code');
  const taken = [...work.state.objects.promotionCodes.values()].some((one) => one.active && sameCode(one.code, code));
  if (taken) throw invalidRequest(`An active promotion code with \`code: ${code}\` already exists.`, 'code');
  const { first_time_transaction, minimum_amount, minimum_amount_currency } = params.restrictions ?? {};
  const created: Stripe.PromotionCode = {
    id: newId('promo'),
    object: 'promotion_code',
    active: params.active ?? true,
    code,
    created: work.now,
    customer: params.customer ?? null,
    customer_account: null,
    expires_at: params.expires_at ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    promotion: { coupon, type: 'coupon' },
    restrictions: {
      first_time_transaction: first_time_transaction ?? false,
      minimum_amount: minimum_amount ?? null,
      minimum_amount_currency: minimum_amount_currency ?? null,
    },
    times_redeemed: 0,
  };
  return work.save('promotionCodes', created, 'promotion_code.created');
}

export const promotionCodeRoutes: Route[] = [
  route('POST', '/v1/promotion_codes', createParams, ({ work, params }) => createCode(work, params)),
  route('GET', '/v1/promotion_codes/:id', {}, ({ work, id }) => find(work, 'promotionCodes', id)),
  route('POST', '/v1/promotion_codes/:id', updateParams, ({ work, id, params }) => {
    const code = find(work, 'promotionCodes', id);
    const merged = mergeMetadata(code.metadata ?? {}, params.metadata);
    const next = { ...code, active: params.active ?? code.active, metadata: merged };
    return work.save('promotionCodes', next, 'promotion_code.updated');
  }),
  route('GET', '/v1/promotion_codes', filterParams, ({ work, params }) => {
    const wanted = newestFirst(work.state.objects.promotionCodes).filter(
      (code) =>
        asked(code.active, params.active) &&
        (params.code === undefined || sameCode(code.code, params.code)) &&
        asked<unknown>(code.promotion.coupon, params.coupon) &&
        asked<unknown>(code.customer, params.customer) &&
        inRange(code.created, params.created),
    );
    return pageOf('/v1/promotion_codes', wanted, params);
  }),
];
