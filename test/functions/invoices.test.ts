import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Handler } from '../../functions/shared/http.ts';
import { advance, sim } from '../local/stripe/sim.ts';
import { countCalls, type Counter } from '../support/counting.ts';
import { openShop, type Shop } from './shop.ts';
import { bodyOf, httpEvent, payWith } from './world.ts';

const DAY = 86_400;
const HOUR = 3600;

let shop: Shop;
let stripeCalls: Counter;
let invoices: Handler;
beforeAll(async () => {
  for (const level of ['log', 'error'] as const) jest.spyOn(console, level).mockReturnValue(undefined);
  shop = await openShop();
  stripeCalls = await countCalls(shop.simulator);
  process.env['STRIPE_API_BASE'] = stripeCalls.url;
  invoices = (await import('../../functions/invoices.ts')).handler;
});
afterAll(async () => {
  await stripeCalls.stop();
  await shop.stop();
});

const ask = (user: string, query?: Record<string, string>) =>
  invoices({ ...httpEvent('GET', { user }), ...(query && { queryStringParameters: query }) });

// oxlint-disable-next-line typescript/no-explicit-any -- JSON, looked at by matchers only
async function listed(user: string, query?: Record<string, string>): Promise<any> {
  const result = await ask(user, query);
  expect(result.statusCode).toBe(200);
  return bodyOf(result);
}

const pass = (seconds: number) => advance({ url: shop.simulator }, seconds);

/** Subscribes, and is known to us from then on. @returns ids at Stripe */
async function subscriber(user: string, card = '4242424242424242') {
  const url = await shop.checkout(user, 'starter_monthly');
  await payWith(url, card);
  const sessionId = /cs_test_\w+/.exec(url)?.[0] ?? '';
  await shop.success(user, sessionId);
  const session = await shop.stripe.checkout.sessions.retrieve(sessionId, { expand: ['subscription'] });
  const { customer, subscription } = session;
  if (typeof customer !== 'string' || subscription === null || typeof subscription === 'string')
    throw new Error('not subscribed');
  return { customer, subscription };
}

async function changeCard(who: { customer: string; subscription: { id: string } }, card: string): Promise<void> {
  const method = await shop.stripe.paymentMethods.attach(card, { customer: who.customer });
  await shop.stripe.subscriptions.update(who.subscription.id, { default_payment_method: method.id });
}

describe('the list of invoices', () => {
  it('has number, amount and links of each, newest first, twelve at a time', async () => {
    await subscriber('ada');
    await pass(13 * 31 * DAY);
    const first = await listed('ada');
    expect(first.invoices).toHaveLength(12);
    const created = first.invoices.map((invoice: { created: number }) => invoice.created);
    expect(created).toEqual(created.toSorted((a: number, b: number) => b - a));
    const second = await listed('ada', { after: first.next });
    expect(second).toMatchObject({ next: null, invoices: [{ total: 900 }, { total: 900 }] });
    expect(second.invoices.at(-1)).toEqual({
      id: expect.stringMatching(/^in_/),
      number: expect.stringMatching(/-0001$/),
      created: expect.any(Number),
      total: 900,
      amountDue: 0,
      currency: 'usd',
      status: 'paid',
      refunded: 0,
      disputed: false,
      actionRequired: false,
      processing: false,
      nextAttempt: null,
      hostedUrl: expect.stringMatching(/^http/),
      pdfUrl: expect.stringMatching(/pdf$/),
    });
  });

  it('costs two calls to Stripe, and one for the card while there is a subscription', async () => {
    const { subscription } = await subscriber('bob');
    const callsOf = async (query?: Record<string, string>): Promise<string[]> => {
      stripeCalls.taken();
      await listed('bob', query);
      return stripeCalls.taken().toSorted();
    };
    const list = ['GET /v1/invoices', 'GET /v1/payment_intents'];
    expect(await callsOf()).toEqual([...list, `GET /v1/subscriptions/${subscription.id}`]);
    const [newest] = (await listed('bob')).invoices;
    expect(await callsOf({ after: newest.id })).toEqual(['GET /v1/invoices']);
    await shop.stripe.subscriptions.cancel(subscription.id);
    for (const event of await shop.eventsOf('bob')) await shop.deliver(event);
    expect(await callsOf()).toEqual(list);
  });

  it('is empty for those who never checked out, and costs Stripe nothing', async () => {
    stripeCalls.taken();
    expect(await listed('nobody')).toEqual({ invoices: [], next: null, card: null });
    expect(stripeCalls.taken()).toEqual([]);
  });

  it('comes with the card that the next one is charged to, by its last four digits', async () => {
    const who = await subscriber('judy', '5555555555554444');
    const first = await listed('judy');
    expect(first.card).toEqual({
      brand: 'mastercard',
      last4: '4444',
      expMonth: expect.any(Number),
      expYear: expect.any(Number),
    });
    expect(JSON.stringify(first)).not.toContain('55555555');
    await changeCard(who, 'pm_card_visa');
    expect((await listed('judy')).card).toMatchObject({ brand: 'visa', last4: '4242' });
    const { data: cards } = await shop.stripe.customers.listPaymentMethods(who.customer);
    for (const { id } of cards) await shop.stripe.paymentMethods.detach(id);
    expect((await listed('judy')).card).toBeNull();
    const { id } = await shop.stripe.paymentMethods.attach('pm_card_visa', { customer: who.customer });
    await shop.stripe.customers.update(who.customer, { invoice_settings: { default_payment_method: id } });
    expect((await listed('judy')).card).toMatchObject({ brand: 'visa', last4: '4242' });
  });

  it('says what was refunded, and what is disputed', async () => {
    const { customer } = await subscriber('carol');
    const [charge] = (await shop.stripe.charges.list({ customer })).data;
    await shop.stripe.refunds.create({ charge: charge?.id ?? '', amount: 300 });
    expect((await listed('carol')).invoices).toMatchObject([{ status: 'paid', refunded: 300, disputed: false }]);
    await subscriber('dave', '4000000000000259');
    expect((await listed('dave')).invoices).toMatchObject([{ status: 'paid', refunded: 0, disputed: true }]);
  });

  it('shows a failed renewal as open, with what is due, when it is tried again, and where it can be paid', async () => {
    const who = await subscriber('eve');
    await changeCard(who, 'pm_card_chargeCustomerFail');
    await pass(31 * DAY + 2 * HOUR);
    const [open] = (await listed('eve')).invoices;
    expect(open).toMatchObject({
      status: 'open',
      amountDue: 900,
      actionRequired: false,
      nextAttempt: expect.any(Number),
    });
    await payWith(open.hostedUrl, '4242424242424242');
    expect((await listed('eve')).invoices[0]).toMatchObject({ status: 'paid', amountDue: 0, nextAttempt: null });
  });

  it('says when the bank wants the customer to confirm the payment', async () => {
    const who = await subscriber('frank');
    await changeCard(who, 'pm_card_authenticationRequired');
    await pass(31 * DAY + 2 * HOUR);
    expect((await listed('frank')).invoices[0]).toMatchObject({ status: 'open', actionRequired: true });
  });

  it('leaves out drafts, which are not finished', async () => {
    const { customer, subscription } = await subscriber('grace');
    const until = subscription.items.data[0]?.current_period_end;
    await sim({ url: shop.simulator }, 'POST /clock', { until });
    const { data } = await shop.stripe.invoices.list({ customer });
    expect(data.map(({ status }) => status)).toEqual(['draft', 'paid']);
    expect((await listed('grace')).invoices).toMatchObject([{ status: 'paid' }]);
  });
});

describe('nobody else’s invoices', () => {
  it('are shown, whatever is asked for', async () => {
    const { customer } = await subscriber('victim');
    await subscriber('thief');
    const [foreign] = (await shop.stripe.invoices.list({ customer })).data;
    for (const query of [{ after: foreign?.id ?? '' }, { customer, user: 'victim', after: foreign?.id ?? '' }]) {
      const result = await ask('thief', query);
      expect(result.body).not.toContain(foreign?.hosted_invoice_url);
    }
  });

  it('a deleted customer has none', async () => {
    const { customer } = await subscriber('henry');
    await shop.stripe.customers.del(customer);
    expect((await ask('henry')).statusCode).toBe(200);
  });
});

describe('what is asked wrongly of the list', () => {
  it.each(['', 'sub_1', 'in_', 'in_../x', `in_${'x'.repeat(300)}`, 'in_none'])('after %s is refused', async (after) => {
    await shop.checkout('ivan', 'starter_monthly');
    const result = await ask('ivan', { after });
    expect(result.statusCode).toBe(400);
    expect(bodyOf(result)).toMatchObject({ code: 'invalid_request' });
  });

  it.each(['invoices', 'payment_intents', 'subscriptions/*'])(
    'is a matter of trying again while Stripe has no %s to give',
    async (name) => {
      const user = `without-${name.replace('/*', '')}`;
      await subscriber(user);
      await sim({ url: shop.simulator }, 'POST /faults', { path: `/v1/${name}`, status: 503, times: 2 });
      const result = await ask(user);
      expect(result.statusCode).toBe(502);
      expect(bodyOf(result)).toMatchObject({ code: 'stripe_unavailable' });
    },
  );
});
