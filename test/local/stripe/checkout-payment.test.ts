import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { card, handClock, look, makeCatalogue, startWorld, submit, type World } from './world.ts';

const DAY = 86_400;
const SUCCESS = 'http://localhost:4242/thanks?session_id={CHECKOUT_SESSION_ID}';

let clock: ReturnType<typeof handClock>;
let world: World;
let price: string;

beforeEach(async () => {
  clock = handClock();
  world = await startWorld({ clock });
  const product = await world.stripe.products.create({ name: 'Handbook' });
  price = (await world.stripe.prices.create({ product: product.id, unit_amount: 1500, currency: 'usd' })).id;
});
afterEach(() => world.stop());

type Wishes = Partial<Stripe.Checkout.SessionCreateParams>;

/** Somebody about to pay 30 dollars for two handbooks. */
async function open(wishes: Wishes = {}) {
  const session = await world.stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [{ price, quantity: 2 }],
    success_url: SUCCESS,
    ...wishes,
  });
  const now = (expand: string[] = []) => world.stripe.checkout.sessions.retrieve(session.id, { expand });
  return { session, now, url: session.url ?? '', thanks: SUCCESS.replace('{CHECKOUT_SESSION_ID}', session.id) };
}
const guest = (number?: string) => ({ ...card(number), email: 'grace@example.com' });
const types = async (limit: number): Promise<string[]> =>
  (await world.stripe.events.list({ limit })).data.map(({ type }) => type).toReversed();
const intents = async () => (await world.stripe.paymentIntents.list()).data;

describe('a session that sells something once', () => {
  it('has no payment intent until somebody tries to pay', async () => {
    const { session, url } = await open();
    expect(session).toMatchObject({ mode: 'payment', payment_intent: null, payment_status: 'unpaid' });
    expect(session).toMatchObject({ amount_total: 3000, customer: null, customer_creation: 'if_required' });
    expect((await look(url)).text).toContain('Pay for 2 × Handbook');
    expect(await intents()).toEqual([]);
  });

  it('is paid by a guest, of whom no customer is made', async () => {
    const { now, url, thanks } = await open();
    expect(await submit(url, guest())).toMatchObject({ status: 303, location: thanks });
    expect(await now(['payment_intent'])).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      customer: null,
      customer_details: { email: 'grace@example.com', name: 'Ada Lovelace' },
      payment_intent: { status: 'succeeded', amount_received: 3000, customer: null, setup_future_usage: null },
    });
    expect(await types(4)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ]);
    expect((await world.stripe.customers.list()).data).toEqual([]);
  });

  it('makes a customer of whoever pays when it is told to', async () => {
    const { now, url } = await open({ customer_creation: 'always' });
    await submit(url, guest('4000 0000 0000 0002'));
    await submit(url, guest());
    const [customer, ...others] = (await world.stripe.customers.list()).data;
    expect(others).toEqual([]);
    expect(customer).toMatchObject({ email: 'grace@example.com', name: 'Ada Lovelace' });
    expect(await now(['payment_intent'])).toMatchObject({
      customer: customer?.id,
      payment_intent: { customer: customer?.id },
    });
  });

  it('gives its payment the data that it was asked to', async () => {
    const address = { line1: '1 Dock Road', city: 'London', country: 'GB' };
    const { now, url } = await open({
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
    const { proMonthly } = await makeCatalogue(world);
    const wrong: [Wishes, string][] = [
      [{ line_items: [{ price: proMonthly.id, quantity: 1 }] }, 'line_items[0][price]'],
      [{ subscription_data: { metadata: { a: 'b' } } }, 'subscription_data'],
      [{ payment_method_collection: 'if_required' }, 'payment_method_collection'],
    ];
    for (const [wishes, param] of wrong) await expect(open(wishes)).rejects.toMatchObject({ statusCode: 400, param });
    const once = { mode: 'subscription', payment_intent_data: { description: 'x' } } as const;
    const line_items = [{ price: proMonthly.id, quantity: 1 }];
    await expect(open({ ...once, line_items })).rejects.toMatchObject({ param: 'payment_intent_data' });
  });
});

describe('a price described and not named', () => {
  const described = (data: object) => ({
    price_data: { currency: 'usd', unit_amount: 700, product_data: { name: 'Poster' }, ...data },
    quantity: 3,
  });

  it('is made for the session, and nothing else can be sold at it', async () => {
    const { session, url } = await open({ line_items: [described({})] });
    expect(session.amount_total).toBe(2100);
    const [line] = (await world.stripe.checkout.sessions.listLineItems(session.id)).data;
    expect(line).toMatchObject({
      description: 'Poster',
      amount_total: 2100,
      price: { active: false, unit_amount: 700 },
    });
    await expect(open({ line_items: [{ price: line?.price?.id ?? '', quantity: 1 }] })).rejects.toMatchObject({
      param: 'line_items[0][price]',
    });
    await submit(url, guest());
    expect((await intents())[0]).toMatchObject({ amount_received: 2100 });
  });

  it('can be subscribed to when it recurs', async () => {
    const { session } = await open({
      mode: 'subscription',
      line_items: [described({ recurring: { interval: 'month' } })],
    });
    await submit(session.url ?? '', guest());
    const [subscription] = (await world.stripe.subscriptions.list()).data;
    expect(subscription?.items.data).toMatchObject([{ quantity: 3, price: { unit_amount: 700 } }]);
  });

  it('wants a product, named or described, and leaves nothing behind when it is refused', async () => {
    const prices = async () => (await world.stripe.prices.list()).data.length;
    const before = await prices();
    const wrong = [
      { ...described({}), price },
      described({ product: 'prod_unknown', product_data: undefined }),
      described({ recurring: { interval: 'month' } }),
    ];
    for (const line of wrong) await expect(open({ line_items: [line] })).rejects.toMatchObject({ statusCode: 400 });
    expect(await prices()).toBe(before);
  });
});

describe('a card kept for later', () => {
  it('is the customer’s, and can be charged when nobody is there', async () => {
    const customer = await world.stripe.customers.create({ email: 'ada@example.com' });
    const { now, url } = await open({
      customer: customer.id,
      payment_intent_data: { setup_future_usage: 'off_session' },
    });
    await submit(url, card());
    expect(await types(3)).toEqual([
      'payment_intent.succeeded',
      'payment_method.attached',
      'checkout.session.completed',
    ]);
    const [method] = (await world.stripe.customers.listPaymentMethods(customer.id)).data;
    expect(await now(['payment_intent'])).toMatchObject({
      customer: customer.id,
      payment_intent: { payment_method: method?.id, setup_future_usage: 'off_session' },
    });
    const later = { amount: 500, currency: 'usd', customer: customer.id, payment_method: method?.id ?? '' };
    const charged = await world.stripe.paymentIntents.create({ ...later, off_session: true, confirm: true });
    expect(charged.status).toBe('succeeded');
  });

  it('is kept only when that was asked for', async () => {
    const customer = await world.stripe.customers.create({ email: 'ada@example.com' });
    const { url } = await open({ customer: customer.id });
    await submit(url, card());
    expect((await world.stripe.customers.listPaymentMethods(customer.id)).data).toEqual([]);
  });
});

describe('a card that does not pay', () => {
  it('leaves the session open and its intent waiting; the next card pays the same intent', async () => {
    const { now, url, thanks } = await open();
    const refused = await submit(url, guest('4000 0000 0000 9995'));
    expect(refused.status).toBe(402);
    expect(refused.text).toContain('Your card has insufficient funds.');
    expect(await now(['payment_intent'])).toMatchObject({
      status: 'open',
      payment_intent: { status: 'requires_payment_method', last_payment_error: { decline_code: 'insufficient_funds' } },
    });
    expect(await types(3)).toEqual(['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed']);
    expect((await submit(url, guest())).location).toBe(thanks);
    expect(await intents()).toMatchObject([{ status: 'succeeded' }]);
    expect((await submit(url, guest())).status).toBe(410);
  });

  it('is not even tried when it is typed wrongly', async () => {
    const { url } = await open();
    expect((await submit(url, guest('4242 4242 4242 4241'))).status).toBe(422);
    expect((await submit(url, card())).text).toContain('Enter an email address.');
    expect(await intents()).toEqual([]);
  });

  it('is given up when the session expires', async () => {
    const { session, now, url } = await open();
    await submit(url, guest('4000 0000 0000 0002'));
    await world.stripe.checkout.sessions.expire(session.id);
    expect(await now(['payment_intent'])).toMatchObject({
      status: 'expired',
      payment_intent: { status: 'canceled', cancellation_reason: 'automatic' },
    });
  });
});

describe('a payment that its customer authenticates', () => {
  async function asked() {
    const opened = await open();
    const { location } = await submit(opened.url, guest('4000 0027 6000 3184'));
    return { ...opened, challenge: location ?? '' };
  }

  it('completes the session when that succeeds', async () => {
    const { now, challenge, thanks } = await asked();
    expect(challenge).toContain('/3ds/');
    expect(await now(['payment_intent'])).toMatchObject({
      status: 'open',
      payment_intent: { status: 'requires_action' },
    });
    expect((await submit(challenge, { result: 'passed' })).location).toBe(thanks);
    expect(await now()).toMatchObject({ status: 'complete', payment_status: 'paid' });
  });

  it('leads back to the page when it fails, where another card pays', async () => {
    const { session, now, url, challenge } = await asked();
    const { location } = await submit(challenge, { result: 'failed' });
    expect(location).toBe(`/c/pay/${session.id}?authentication=failed`);
    expect((await look(world.url + location)).text).toContain('We are unable to authenticate');
    await submit(url, guest());
    expect(await now()).toMatchObject({ status: 'complete', payment_status: 'paid' });
  });

  it('comes too late when the session has expired', async () => {
    const { challenge } = await asked();
    clock.moveTo(clock.now() + 2 * DAY);
    expect((await submit(challenge, { result: 'passed' })).status).toBe(410);
    expect(await intents()).toMatchObject([{ status: 'canceled' }]);
  });
});

describe('a payment that takes days', () => {
  const byBank = async (account: string) => {
    const opened = await open({
      customer_email: 'grace@example.com',
      allowed_payment_method_types: ['card', 'us_bank_account'],
    });
    await submit(opened.url, { by: 'account', account });
    return opened;
  };

  it.each([
    ['000123456789', 'paid', 'succeeded', 'checkout.session.async_payment_succeeded'],
    ['000111111116', 'unpaid', 'requires_payment_method', 'checkout.session.async_payment_failed'],
  ])('by account %s completes the session unpaid, which is %s in the end', async (account, paid, status, type) => {
    const { now } = await byBank(account);
    expect(await now(['payment_intent'])).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'processing' },
    });
    clock.moveTo(clock.now() + 4 * DAY);
    expect(await now(['payment_intent'])).toMatchObject({ payment_status: paid, payment_intent: { status } });
    expect((await types(1))[0]).toBe(type);
  });
});

describe('a coupon', () => {
  it('reduces what is paid once, and is counted when it is paid', async () => {
    const coupon = await world.stripe.coupons.create({ percent_off: 50, duration: 'once' });
    const { session, url } = await open({ discounts: [{ coupon: coupon.id }] });
    expect(session).toMatchObject({ amount_subtotal: 3000, amount_total: 1500 });
    await submit(url, guest('4000 0000 0000 0002'));
    expect((await world.stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(0);
    await submit(url, guest());
    expect((await world.stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
    expect(await intents()).toMatchObject([{ amount_received: 1500 }]);
  });

  it('that takes everything off leaves nothing to pay, and no card is asked for', async () => {
    const coupon = await world.stripe.coupons.create({ percent_off: 100, duration: 'once' });
    const { now, url } = await open({ discounts: [{ coupon: coupon.id }] });
    expect((await look(url)).text).not.toContain('Card number');
    await submit(url, { email: 'grace@example.com' });
    expect(await now()).toMatchObject({
      status: 'complete',
      payment_status: 'no_payment_required',
      payment_intent: null,
    });
  });
});
