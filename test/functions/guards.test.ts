import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type Stripe from 'stripe';
import { NOON, stripeEvent, stripeSubscription } from '../support/subscription.ts';
import { asJson, openShop, type Shop } from './shop.ts';
import { bodyOf, httpEvent, payWith } from './world.ts';

let shop: Shop;
let reconcile: () => Promise<void>;
const logged: string[] = [];

beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const)
    jest.spyOn(console, level).mockImplementation((line: unknown) => void logged.push(String(line)));
  shop = await openShop();
  reconcile = (await import('../../functions/reconcile.ts')).handler;
});
afterAll(() => shop.stop());

const ask = (user: string, body: object) =>
  shop.route.checkout(httpEvent('POST', { user, body: JSON.stringify(body), headers: asJson }));

async function customerOf(user: string): Promise<string> {
  const { data } = await shop.stripe.customers.list({ limit: 100 });
  return data.find(({ metadata }) => metadata['userId'] === user)?.id ?? '';
}

/** A customer whose one subscription is as the webhook told. */
async function customerWith(user: string, wanted: Partial<Stripe.Subscription>): Promise<void> {
  await shop.checkout(user, 'starter_monthly');
  const own = { id: `sub_${user}`, customer: await customerOf(user), metadata: { userId: user } };
  const event = stripeEvent('customer.subscription.updated', stripeSubscription({ ...own, ...wanted }));
  expect(bodyOf(await shop.deliver(event))).toMatchObject({ outcome: 'saved' });
}

describe('a second subscription is not sold to one who has one', () => {
  const status = (status: Stripe.Subscription.Status) => ({ status });

  it.each([
    ['pastdue', status('past_due')],
    ['unpaid', status('unpaid')],
    ['paused', status('paused')],
    ['incomplete', status('incomplete')],
    ['trialing', status('trialing')],
    ['active', status('active')],
    ['ending', { ...status('active'), cancel_at: NOON * 2 }],
    ['unheardof', status('of_the_future')],
  ])('that is %s: the portal is where to go, whatever plan is asked for', async (user, wanted) => {
    await customerWith(user, wanted);
    for (const plan of ['starter_monthly', 'pro_yearly']) {
      const result = await ask(user, { plan });
      expect(bodyOf(result)).toEqual({ kind: 'portal', url: expect.stringContaining('/p/session/') });
    }
    const { data } = await shop.stripe.checkout.sessions.list({ customer: await customerOf(user), limit: 100 });
    expect(data).toHaveLength(1); // the one before there was a subscription
  });

  it.each([
    ['canceled', status('canceled')],
    ['expired', status('incomplete_expired')],
  ])('but one that is %s has ended: a new one is sold', async (user, wanted) => {
    await customerWith(user, wanted);
    expect(bodyOf(await ask(user, { plan: 'starter_monthly' }))).toMatchObject({ kind: 'checkout' });
  });
});

describe('a second live subscription that appears all the same', () => {
  it('is counted and logged by each look at it, and by reconcile', async () => {
    await shop.success('twice', await shop.subscribe('twice'));
    const { data: prices } = await shop.stripe.prices.list({ lookup_keys: ['starter_yearly'] });
    const { url } = await shop.stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: await customerOf('twice'),
      line_items: [{ price: prices[0]?.id ?? '', quantity: 1 }],
      success_url: 'https://elsewhere.example',
    });
    await payWith(url ?? '', '4242424242424242');
    await reconcile();
    const told = (words: string) =>
      logged.filter((line) => line.includes(words) && !line.includes('"Dimensions":[["Outcome"]]'));
    expect(told('several live subscriptions').some((line) => line.includes('twice'))).toBe(true);
    const counted = told('"DuplicateSubscriptions":1').length;
    expect(counted).toBeGreaterThan(0);
    expect(await shop.account('twice')).toMatchObject({ access: { allowed: true } });
    expect(told('"DuplicateSubscriptions":1')).toHaveLength(counted + 1);
  });
});

describe('an email', () => {
  it('never makes one customer of two users', async () => {
    await shop.checkout('zoe+home', 'starter_monthly');
    await shop.success('zoe+home', await shop.subscribe('zoe+home'));
    await shop.checkout('zoe+work', 'starter_monthly');
    const { data } = await shop.stripe.customers.list({ email: 'zoe@example.com' });
    expect(new Set(data.map(({ metadata }) => metadata['userId']))).toEqual(new Set(['zoe+home', 'zoe+work']));
    expect(data).toHaveLength(2);
    expect(await shop.account('zoe+work')).toMatchObject({ access: { allowed: false }, subscription: null });
  });
});

describe('a subscriber whose customer is deleted at Stripe', () => {
  it('subscribes as a fresh customer, even before any event has told of it', async () => {
    await shop.success('untold', await shop.subscribe('untold'));
    const gone = await customerOf('untold');
    await shop.stripe.customers.del(gone);
    const again = await shop.success('untold', await shop.subscribe('untold', 'starter_yearly'));
    expect(bodyOf(again)).toMatchObject({ access: { allowed: true }, subscription: { plan: 'starter_yearly' } });
    expect(await customerOf('untold')).not.toBe(gone);
  });

  const TYPES = ['customer.deleted', 'customer.subscription.deleted'];

  it.each([
    ['first', (events: Stripe.Event[]) => events],
    ['last', (events: Stripe.Event[]) => events.toReversed()],
  ])('has lost access, and subscribes as a fresh customer; that event coming %s', async (order, arrange) => {
    const user = `deleted-${order}`;
    await shop.success(user, await shop.subscribe(user, 'pro_monthly'));
    const gone = await customerOf(user);
    await shop.stripe.customers.del(gone);
    const { data } = await shop.stripe.events.list({ limit: 100, types: TYPES });
    const events = data.filter((event) => JSON.stringify(event).includes(gone));
    expect(events.map(({ type }) => type).toSorted()).toEqual(TYPES);
    const inOrder = events.toSorted((a, b) => a.type.localeCompare(b.type));
    for (const event of arrange(inOrder)) expect(await shop.deliver(event)).toMatchObject({ statusCode: 200 });
    expect(await shop.account(user)).toMatchObject({ access: { allowed: false, reason: 'canceled' } });

    const again = await shop.success(user, await shop.subscribe(user));
    expect(bodyOf(again)).toMatchObject({ access: { allowed: true, reason: 'active' }, trialAvailable: false });
    expect(await customerOf(user)).not.toBe(gone);
  });
});
