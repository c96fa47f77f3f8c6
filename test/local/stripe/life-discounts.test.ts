import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { card, handClock, look, makeCatalogue, openCheckout, startWorld, submit, type World } from './world.ts';

const HOUR = 3_600;
const at = (month: number, day: number): number => Date.UTC(2027, month - 1, day, 12) / 1000;

let clock: ReturnType<typeof handClock>;
let world: World;
let catalogue: Awaited<ReturnType<typeof makeCatalogue>>;
let customer: Stripe.Customer;

beforeEach(async () => {
  clock = handClock(at(1, 31));
  world = await startWorld({ clock });
  catalogue = await makeCatalogue(world);
  const method = 'pm_card_visa';
  customer = await world.stripe.customers.create({
    payment_method: method,
    invoice_settings: { default_payment_method: method },
  });
});
afterEach(() => world.stop());

const create = (params: Partial<Stripe.SubscriptionCreateParams>) =>
  world.stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: catalogue.proMonthly.id }],
    ...params,
  });
const paid = async (subscription: string): Promise<number[]> =>
  (await world.stripe.invoices.list({ subscription })).data.map((invoice) => invoice.amount_paid).toReversed();
const quarterOff = (duration: 'once' | 'forever' | 'repeating', months?: number) =>
  world.stripe.coupons.create({
    id: 'QUARTER',
    percent_off: 25,
    duration,
    ...(months !== undefined && { duration_in_months: months }),
  });

describe('a coupon', () => {
  it.each([
    ['once', undefined, [2175, 2900, 2900]],
    ['repeating', 2, [2175, 2175, 2900]],
    ['forever', undefined, [2175, 2175, 2175]],
  ] as const)('of the duration %s reduces as many invoices', async (duration, months, amounts) => {
    const coupon = await quarterOff(duration, months);
    const subscription = await create({ discounts: [{ coupon: coupon.id }] });
    clock.moveTo(at(3, 31) + HOUR);
    expect(await paid(subscription.id)).toEqual(amounts);
    const { discounts } = await world.stripe.subscriptions.retrieve(subscription.id);
    expect(discounts).toHaveLength(duration === 'forever' ? 1 : 0);
    const gone = (await world.stripe.events.list({ type: 'customer.discount.deleted' })).data;
    expect(gone).toHaveLength(duration === 'forever' ? 0 : 1);
  });

  it('stands on the invoice, on its lines and in its totals, which add up', async () => {
    const coupon = await quarterOff('forever');
    const subscription = await create({
      discounts: [{ coupon: coupon.id }],
      expand: ['discounts', 'latest_invoice'],
    });
    const [discount] = subscription.discounts;
    expect(discount).toMatchObject({ source: { coupon: 'QUARTER' }, subscription: subscription.id, end: null });
    const id = typeof discount === 'object' ? discount.id : '';
    expect(subscription.latest_invoice).toMatchObject({
      subtotal: 2900,
      total: 2175,
      discounts: [id],
      total_discount_amounts: [{ amount: 725, discount: id }],
      lines: { data: [{ amount: 2900, discount_amounts: [{ amount: 725, discount: id }] }] },
    });
    expect(await world.stripe.coupons.retrieve('QUARTER')).toMatchObject({ times_redeemed: 1, valid: true });
  });

  it('of an amount is shared among the lines to the last cent, and never more than there is', async () => {
    const coupon = await world.stripe.coupons.create({ amount_off: 1000, currency: 'usd', duration: 'forever' });
    const items = [{ price: catalogue.starterMonthly.id }, { price: catalogue.proMonthly.id }];
    const both = await create({ items, discounts: [{ coupon: coupon.id }], expand: ['latest_invoice'] });
    expect(both.latest_invoice).toMatchObject({
      total: 2800,
      lines: { data: [{ discount_amounts: [{ amount: 236 }] }, { discount_amounts: [{ amount: 764 }] }] },
    });
    const starter = await create({
      items: [{ price: catalogue.starterMonthly.id }],
      discounts: [{ coupon: coupon.id }],
    });
    expect(starter.status).toBe('active');
    expect(await paid(starter.id)).toEqual([0]);
  });

  it('counts in the credit of a change of plan: nobody is given back more than was paid', async () => {
    await quarterOff('forever');
    const subscription = await create({ discounts: [{ coupon: 'QUARTER' }] });
    clock.moveTo(at(2, 14));
    const items = [{ id: subscription.items.data[0]?.id ?? '', price: catalogue.starterMonthly.id }];
    await world.stripe.subscriptions.update(subscription.id, { items, proration_behavior: 'always_invoice' });
    const [invoice] = (await world.stripe.invoices.list({ subscription: subscription.id })).data;
    expect(invoice?.lines.data.map((line) => line.amount)).toEqual([-1088, 338]);
  });

  it('can be given later, and taken away', async () => {
    await quarterOff('forever');
    const subscription = await create({});
    await world.stripe.subscriptions.update(subscription.id, { discounts: [{ coupon: 'QUARTER' }] });
    clock.moveTo(at(2, 28) + HOUR);
    await world.stripe.subscriptions.update(subscription.id, { discounts: '' });
    clock.moveTo(at(3, 31) + HOUR);
    expect(await paid(subscription.id)).toEqual([2900, 2175, 2900]);
  });

  it('is refused once it has expired, or has been redeemed as often as it may be', async () => {
    await world.stripe.coupons.create({ id: 'ONE', percent_off: 10, max_redemptions: 1 });
    await world.stripe.coupons.create({ id: 'SOON', percent_off: 10, redeem_by: at(2, 1) });
    await create({ discounts: [{ coupon: 'ONE' }] });
    await expect(create({ discounts: [{ coupon: 'ONE' }] })).rejects.toMatchObject({ param: 'discounts[0][coupon]' });
    clock.moveTo(at(2, 2));
    await expect(create({ discounts: [{ coupon: 'SOON' }] })).rejects.toMatchObject({ statusCode: 400 });
    expect((await world.stripe.coupons.retrieve('SOON')).valid).toBe(false);
  });

  it.each([
    [{ percent_off: 101 }, 'percent_off'],
    [{ percent_off: 10, amount_off: 100 }, 'amount_off'],
    [{ amount_off: 100 }, 'currency'],
    [{ percent_off: 10, duration: 'repeating' as const }, 'duration_in_months'],
    [{}, 'percent_off'],
  ])('%j is refused', async (params, param) => {
    await expect(world.stripe.coupons.create(params)).rejects.toMatchObject({ statusCode: 400, param });
  });
});

describe('a promotion code', () => {
  const codeFor = (params: Partial<Stripe.PromotionCodeCreateParams> = {}) =>
    world.stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: 'QUARTER' }, code: 'SPRING', ...params });
  const checkout = () =>
    openCheckout(world, { price: catalogue.proMonthly.id, session: { allow_promotion_codes: true } });
  const apply = (url: string, code: string) => submit(url, { apply: 'code', promotion_code: code });

  it('typed at Checkout changes what is due, and goes on to the subscription', async () => {
    await quarterOff('forever');
    const code = await codeFor();
    const { url, session, customer: buyer } = await checkout();
    expect((await look(url)).text).toContain('Promotion code');
    expect((await apply(url, 'spring')).status).toBe(303);
    expect((await look(url)).text).toContain('$21.75');
    await submit(url, card());
    expect(await world.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      amount_subtotal: 2900,
      amount_total: 2175,
      total_details: { amount_discount: 725 },
      discounts: [{ coupon: 'QUARTER', promotion_code: code.id }],
    });
    const [subscription] = (await world.stripe.subscriptions.list({ customer: buyer.id, expand: ['data.discounts'] }))
      .data;
    expect(subscription?.discounts).toMatchObject([{ promotion_code: code.id, checkout_session: session.id }]);
    expect(await paid(subscription?.id ?? '')).toEqual([2175]);
  });

  it.each([
    ['unknown', 'NOPE', {}],
    ['switched off', 'SPRING', { active: false }],
    ['too old', 'SPRING', { expires_at: at(1, 1) }],
    ['for a larger purchase', 'SPRING', { restrictions: { minimum_amount: 5000, minimum_amount_currency: 'usd' } }],
  ])('that is %s is refused on the page', async (_, typed, params) => {
    await quarterOff('forever');
    await codeFor(params);
    const { url } = await checkout();
    const answer = await apply(url, typed);
    expect(answer.status).toBe(422);
    expect(answer.text).toMatch(/This (promotion )?code/);
  });

  it('for a first purchase is refused to somebody who has bought before', async () => {
    await quarterOff('forever');
    const { id } = await codeFor({ restrictions: { first_time_transaction: true } });
    await create({});
    await expect(create({ discounts: [{ promotion_code: id }] })).rejects.toMatchObject({ statusCode: 400 });
  });

  it('is found by its code, whatever its case, and is unique while it is active', async () => {
    await quarterOff('forever');
    const { id } = await codeFor();
    expect((await world.stripe.promotionCodes.list({ code: 'spring' })).data.map((code) => code.id)).toEqual([id]);
    await expect(codeFor()).rejects.toMatchObject({ param: 'code' });
    await world.stripe.promotionCodes.update(id, { active: false });
    expect((await codeFor()).active).toBe(true);
  });
});
