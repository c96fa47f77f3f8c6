import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { guest, oneTimeShop, type OneTimeShop, type OneTimeWishes } from './one-time-shop.ts';
import { look, makeCatalogue, submit } from './world.ts';

let shop: OneTimeShop;
beforeEach(async () => {
  shop = await oneTimeShop();
});
afterEach(() => shop.world.stop());

describe('a session that sells something once', () => {
  it('has no payment intent until somebody tries to pay', async () => {
    const { session, url } = await shop.open();
    expect(session).toMatchObject({ mode: 'payment', payment_intent: null, payment_status: 'unpaid' });
    expect(session).toMatchObject({ amount_total: 3000, customer: null, customer_creation: 'if_required' });
    expect((await look(url)).text).toContain('Pay for 2 × Handbook');
    expect(await shop.intents()).toEqual([]);
  });

  it('is paid by a guest, of whom no customer is made', async () => {
    const { now, url, thanks } = await shop.open();
    expect(await submit(url, guest())).toMatchObject({ status: 303, location: thanks });
    expect(await now(['payment_intent'])).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      customer: null,
      customer_details: { email: 'grace@example.com', name: 'Ada Lovelace' },
      payment_intent: { status: 'succeeded', amount_received: 3000, customer: null, setup_future_usage: null },
    });
    expect(await shop.types(4)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ]);
    expect((await shop.world.stripe.customers.list()).data).toEqual([]);
  });

  it('makes a customer of whoever pays when it is told to', async () => {
    const { now, url } = await shop.open({ customer_creation: 'always' });
    await submit(url, guest('4000 0000 0000 0002'));
    await submit(url, guest());
    const [customer, ...others] = (await shop.world.stripe.customers.list()).data;
    expect(others).toEqual([]);
    expect(customer).toMatchObject({ email: 'grace@example.com', name: 'Ada Lovelace' });
    expect(await now(['payment_intent'])).toMatchObject({
      customer: customer?.id,
      payment_intent: { customer: customer?.id },
    });
  });

  it('gives its payment the data that it was asked to', async () => {
    const address = { line1: '1 Dock Road', city: 'London', country: 'GB' };
    const { now, url } = await shop.open({
      metadata: { order: '17' },
      payment_intent_data: {
        description: 'Order 17',
        metadata: { order: '17', part: 'a' },
        receipt_email: 'grace@example.com',
        statement_descriptor_suffix: 'BOOKS',
        shipping: { name: 'Grace', address },
      },
    });
    await submit(url, guest());
    expect(await now(['payment_intent.latest_charge'])).toMatchObject({
      metadata: { order: '17' },
      payment_intent: {
        description: 'Order 17',
        metadata: { order: '17', part: 'a' },
        receipt_email: 'grace@example.com',
        shipping: { name: 'Grace', address: { ...address, postal_code: null } },
        latest_charge: { description: 'Order 17', metadata: { order: '17', part: 'a' } },
      },
    });
  });

  it('refuses what belongs to another mode', async () => {
    const { proMonthly } = await makeCatalogue(shop.world);
    const wrong: [OneTimeWishes, string][] = [
      [{ line_items: [{ price: proMonthly.id, quantity: 1 }] }, 'line_items[0][price]'],
      [{ subscription_data: { metadata: { a: 'b' } } }, 'subscription_data'],
      [{ payment_method_collection: 'if_required' }, 'payment_method_collection'],
    ];
    for (const [wishes, param] of wrong)
      await expect(shop.open(wishes)).rejects.toMatchObject({ statusCode: 400, param });
    const once = { mode: 'subscription', payment_intent_data: { description: 'x' } } as const;
    const line_items = [{ price: proMonthly.id, quantity: 1 }];
    await expect(shop.open({ ...once, line_items })).rejects.toMatchObject({ param: 'payment_intent_data' });
  });
});

describe('a price described and not named', () => {
  const described = (data: object) => ({
    price_data: { currency: 'usd', unit_amount: 700, product_data: { name: 'Poster' }, ...data },
    quantity: 3,
  });

  it('is made for the session, and nothing else can be sold at it', async () => {
    const { session, url } = await shop.open({ line_items: [described({})] });
    expect(session.amount_total).toBe(2100);
    const [line] = (await shop.world.stripe.checkout.sessions.listLineItems(session.id)).data;
    expect(line).toMatchObject({
      description: 'Poster',
      amount_total: 2100,
      price: { active: false, unit_amount: 700 },
    });
    await expect(shop.open({ line_items: [{ price: line?.price?.id ?? '', quantity: 1 }] })).rejects.toMatchObject({
      param: 'line_items[0][price]',
    });
    await submit(url, guest());
    expect((await shop.intents())[0]).toMatchObject({ amount_received: 2100 });
  });

  it('can be subscribed to when it recurs', async () => {
    const { session } = await shop.open({
      mode: 'subscription',
      line_items: [described({ recurring: { interval: 'month' } })],
    });
    await submit(session.url ?? '', guest());
    const [subscription] = (await shop.world.stripe.subscriptions.list()).data;
    expect(subscription?.items.data).toMatchObject([{ quantity: 3, price: { unit_amount: 700 } }]);
  });

  it('wants a product, named or described, and leaves nothing behind when it is refused', async () => {
    const prices = async () => (await shop.world.stripe.prices.list()).data.length;
    const before = await prices();
    const wrong = [
      { ...described({}), price: shop.price },
      described({ product: 'prod_unknown', product_data: undefined }),
      described({ recurring: { interval: 'month' } }),
    ];
    for (const line of wrong)
      await expect(shop.open({ line_items: [line] })).rejects.toMatchObject({ statusCode: 400 });
    expect(await prices()).toBe(before);
  });
});

describe('a coupon', () => {
  it('reduces what is paid once, and is counted when it is paid', async () => {
    const coupon = await shop.world.stripe.coupons.create({ percent_off: 50, duration: 'once' });
    const { session, url } = await shop.open({ discounts: [{ coupon: coupon.id }] });
    expect(session).toMatchObject({ amount_subtotal: 3000, amount_total: 1500 });
    await submit(url, guest('4000 0000 0000 0002'));
    expect((await shop.world.stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(0);
    await submit(url, guest());
    expect((await shop.world.stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
    expect(await shop.intents()).toMatchObject([{ amount_received: 1500 }]);
  });

  it('that takes everything off leaves nothing to pay, and no card is asked for', async () => {
    const coupon = await shop.world.stripe.coupons.create({ percent_off: 100, duration: 'once' });
    const { now, url } = await shop.open({ discounts: [{ coupon: coupon.id }] });
    expect((await look(url)).text).not.toContain('Card number');
    await submit(url, { email: 'grace@example.com' });
    expect(await now()).toMatchObject({
      status: 'complete',
      payment_status: 'no_payment_required',
      payment_intent: null,
    });
  });
});
