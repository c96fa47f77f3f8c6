import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { guest, oneTimeShop, type OneTimeShop } from './one-time-shop.ts';
import { card, look, submit } from './world.ts';

const DAY = 86_400;

let shop: OneTimeShop;
beforeEach(async () => {
  shop = await oneTimeShop();
});
afterEach(() => shop.world.stop());

describe('a card kept for later', () => {
  it('is the customer’s, and can be charged when nobody is there', async () => {
    const customer = await shop.world.stripe.customers.create({ email: 'ada@example.com' });
    const { now, url } = await shop.open({
      customer: customer.id,
      payment_intent_data: { setup_future_usage: 'off_session' },
    });
    await submit(url, card());
    expect(await shop.types(3)).toEqual([
      'payment_intent.succeeded',
      'payment_method.attached',
      'checkout.session.completed',
    ]);
    const [method] = (await shop.world.stripe.customers.listPaymentMethods(customer.id)).data;
    expect(await now(['payment_intent'])).toMatchObject({
      customer: customer.id,
      payment_intent: { payment_method: method?.id, setup_future_usage: 'off_session' },
    });
    const later = { amount: 500, currency: 'usd', customer: customer.id, payment_method: method?.id ?? '' };
    const charged = await shop.world.stripe.paymentIntents.create({ ...later, off_session: true, confirm: true });
    expect(charged.status).toBe('succeeded');
  });

  it('is kept only when that was asked for', async () => {
    const customer = await shop.world.stripe.customers.create({ email: 'ada@example.com' });
    const { url } = await shop.open({ customer: customer.id });
    await submit(url, card());
    expect((await shop.world.stripe.customers.listPaymentMethods(customer.id)).data).toEqual([]);
  });
});

describe('a card that does not pay', () => {
  it('leaves the session open and its intent waiting; the next card pays the same intent', async () => {
    const { now, url, thanks } = await shop.open();
    const refused = await submit(url, guest('4000 0000 0000 9995'));
    expect(refused.status).toBe(402);
    expect(refused.text).toContain('Your card has insufficient funds.');
    expect(await now(['payment_intent'])).toMatchObject({
      status: 'open',
      payment_intent: { status: 'requires_payment_method', last_payment_error: { decline_code: 'insufficient_funds' } },
    });
    expect(await shop.types(3)).toEqual(['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed']);
    expect((await submit(url, guest())).location).toBe(thanks);
    expect(await shop.intents()).toMatchObject([{ status: 'succeeded' }]);
    expect((await submit(url, guest())).status).toBe(410);
  });

  it('is not even tried when it is typed wrongly', async () => {
    const { url } = await shop.open();
    expect((await submit(url, guest('4242 4242 4242 4241'))).status).toBe(422);
    expect((await submit(url, card())).text).toContain('Enter an email address.');
    expect(await shop.intents()).toEqual([]);
  });

  it('is given up when the session expires', async () => {
    const { session, now, url } = await shop.open();
    await submit(url, guest('4000 0000 0000 0002'));
    await shop.world.stripe.checkout.sessions.expire(session.id);
    expect(await now(['payment_intent'])).toMatchObject({
      status: 'expired',
      payment_intent: { status: 'canceled', cancellation_reason: 'automatic' },
    });
  });
});

describe('a payment that its customer authenticates', () => {
  async function asked() {
    const opened = await shop.open();
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
    expect((await look(shop.world.url + location)).text).toContain('We are unable to authenticate');
    await submit(url, guest());
    expect(await now()).toMatchObject({ status: 'complete', payment_status: 'paid' });
  });

  it('comes too late when the session has expired', async () => {
    const { challenge } = await asked();
    shop.clock.moveTo(shop.clock.now() + 2 * DAY);
    expect((await submit(challenge, { result: 'passed' })).status).toBe(410);
    expect(await shop.intents()).toMatchObject([{ status: 'canceled' }]);
  });
});

describe('a payment that takes days', () => {
  const byBank = async (account: string) => {
    const opened = await shop.open({
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
    shop.clock.moveTo(shop.clock.now() + 4 * DAY);
    expect(await now(['payment_intent'])).toMatchObject({ payment_status: paid, payment_intent: { status } });
    expect((await shop.types(1))[0]).toBe(type);
  });
});
