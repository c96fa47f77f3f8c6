import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { advance, sim } from '../local/stripe/sim.ts';
import { asJson, openShop, sessionIdOf, type Shop } from './shop.ts';
import { bodyOf, httpEvent, payWith } from './world.ts';

const VISA = '4242424242424242';
const MASTERCARD = '5555555555554444';

let shop: Shop;
beforeAll(async () => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  shop = await openShop();
});
afterAll(() => shop.stop());

const ask = (user: string, body: object = { mode: 'setup' }) =>
  shop.route.checkout(httpEvent('POST', { user, body: JSON.stringify(body), headers: asJson }));

async function cardCheckout(user: string): Promise<string> {
  const answer = bodyOf(await ask(user));
  expect(answer).toMatchObject({ kind: 'setup', url: expect.stringContaining('/c/pay/') });
  return String(answer['url']);
}

async function giveCard(user: string, card = VISA): Promise<string> {
  const url = await cardCheckout(user);
  await payWith(url, card);
  return sessionIdOf(url);
}

const session = async (id: string) => shop.stripe.checkout.sessions.retrieve(id);

async function customersOf(user: string) {
  const { data } = await shop.stripe.customers.list({ limit: 100 });
  return data.filter(({ metadata }) => metadata['userId'] === user);
}

/** The last four digits of the customer's default card. */
async function defaultCardOf(user: string): Promise<string | undefined> {
  const [found] = await customersOf(user);
  const expand = ['invoice_settings.default_payment_method'];
  const customer = await shop.stripe.customers.retrieve(found?.id ?? '', { expand });
  const method = customer.deleted ? null : customer.invoice_settings.default_payment_method;
  return typeof method === 'object' ? method?.card?.last4 : method;
}

describe('a checkout that keeps a card', () => {
  it('sells nothing, and makes the card the customer’s default', async () => {
    const id = await giveCard('ada');
    expect(await session(id)).toMatchObject({ mode: 'setup', status: 'complete', subscription: null });
    for (const event of await shop.eventsOf('ada')) await shop.deliver(event);
    expect(await defaultCardOf('ada')).toBe('4242');
    expect(await shop.account('ada')).toMatchObject({ subscription: null, customer: true });
  });

  it('asked twice is one session while it is open, and a new one afterwards', async () => {
    const first = await cardCheckout('bob');
    expect(await cardCheckout('bob')).toBe(first);
    await payWith(first, VISA);
    expect(await cardCheckout('bob')).not.toBe(first);
  });

  it('asked for many times at once is one customer and one session', async () => {
    await shop.checkout('carol', 'starter_monthly');
    const late = { method: 'POST', path: '/v1/checkout/sessions', delayMs: 200, times: 4 };
    await sim({ url: shop.simulator }, 'POST /faults', late); // so that each has looked before any of them opens one
    const urls = await Promise.all([1, 2, 3, 4].map(() => cardCheckout('carol')));
    await sim({ url: shop.simulator }, 'DELETE /faults');
    expect(new Set(urls).size).toBe(1);
    expect(await customersOf('carol')).toHaveLength(1);
  });

  it('leaves an open checkout of a plan as it is', async () => {
    const plan = await shop.checkout('dave', 'starter_monthly');
    await giveCard('dave');
    expect(await shop.checkout('dave', 'starter_monthly')).toBe(plan);
  });

  it('is for subscribers too, whose subscription stays with its own card', async () => {
    await shop.subscribe('erin');
    await advance({ url: shop.simulator }, 60);
    await giveCard('erin', MASTERCARD);
    for (const event of await shop.eventsOf('erin')) await shop.deliver(event);
    expect(await defaultCardOf('erin')).toBe('4444');
    for (const event of await shop.eventsOf('erin')) await shop.deliver(event); // the change of default, too
    const [customer] = await customersOf('erin');
    const { data } = await shop.stripe.subscriptions.list({
      customer: customer?.id ?? '',
      expand: ['data.default_payment_method'],
    });
    expect(data[0]?.default_payment_method).toMatchObject({ card: { last4: '4242' } });
  });

  it('tells the success page, which needs no webhook', async () => {
    const id = await giveCard('frank');
    const answer = await shop.success('frank', id);
    expect(bodyOf(answer)).toMatchObject({ mode: 'setup', status: 'complete', subscription: null });
    expect(await defaultCardOf('frank')).toBe('4242');
  });

  it('of a customer that was deleted at Stripe is one for a fresh customer', async () => {
    await giveCard('grace');
    const [before] = await customersOf('grace');
    await shop.stripe.customers.del(before?.id ?? '');
    const id = sessionIdOf(await cardCheckout('grace'));
    expect((await session(id)).customer).not.toBe(before?.id);
  });

  it.each([
    [{ mode: 'payment' }],
    [{ mode: 'setup', plan: 'starter_monthly' }],
    [{ mode: null }],
    [{ mode: ['setup'] }],
  ])('is asked for by mode alone: %j is refused', async (body) => {
    expect(bodyOf(await ask('heidi', body))).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(await customersOf('heidi')).toHaveLength(0);
  });
});

describe('of several cards', () => {
  it('the last one given is the default, in whatever order and how often the events come', async () => {
    await giveCard('ivan', VISA);
    await giveCard('ivan', MASTERCARD);
    const events = await shop.eventsOf('ivan'); // the newest first
    await Promise.all([...events, ...events].map((event) => shop.deliver(event)));
    expect(await defaultCardOf('ivan')).toBe('4444');
  });

  it('what the customer chose since is not undone by an event that comes again', async () => {
    await giveCard('judy', VISA);
    const events = await shop.eventsOf('judy');
    for (const event of events) await shop.deliver(event);
    const [customer] = await customersOf('judy');
    const chosen = await shop.stripe.paymentMethods.attach('pm_card_mastercard', { customer: customer?.id ?? '' });
    const change = { invoice_settings: { default_payment_method: chosen.id } };
    await shop.stripe.customers.update(customer?.id ?? '', change);
    for (const event of events) expect(bodyOf(await shop.deliver(event))['outcome']).not.toBe('card_adopted');
    expect(await defaultCardOf('judy')).toBe('4444');
  });

  it('one that was taken away again before its event came is no default', async () => {
    await giveCard('kim', VISA);
    const [customer] = await customersOf('kim');
    const { data } = await shop.stripe.paymentMethods.list({ customer: customer?.id ?? '' });
    for (const { id } of data) await shop.stripe.paymentMethods.detach(id);
    for (const event of await shop.eventsOf('kim')) expect((await shop.deliver(event)).statusCode).toBe(200);
    expect(await defaultCardOf('kim')).toBeUndefined();
  });
});
