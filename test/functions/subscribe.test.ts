import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type Stripe from 'stripe';
import { HANDLED_EVENTS } from '../../billing/events.ts';
import type { Handler } from '../../functions/shared/http.ts';
import { stripeEvent } from '../support/subscription.ts';
import { bodyOf, httpEvent, payWith, SITE, startWorld, WEBHOOK_SECRET, type World } from './world.ts';

let world: World;
let route: Record<'config' | 'checkout' | 'session' | 'subscription' | 'portal' | 'members' | 'webhook', Handler>;

beforeAll(async () => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  world = await startWorld();
  await world.configure();
  route = {
    config: (await import('../../functions/config.ts')).handler,
    checkout: (await import('../../functions/checkout.ts')).handler,
    session: (await import('../../functions/checkout-session.ts')).handler,
    subscription: (await import('../../functions/subscription.ts')).handler,
    portal: (await import('../../functions/portal.ts')).handler,
    members: (await import('../../functions/members.ts')).handler,
    webhook: (await import('../../functions/webhook.ts')).handler,
  };
});
afterAll(() => world.stop());

const asJson = { 'content-type': 'application/json' };

async function checkout(user: string, plan: string): Promise<string> {
  const result = await route.checkout(httpEvent('POST', { user, body: JSON.stringify({ plan }), headers: asJson }));
  expect(result.statusCode).toBe(200);
  return String(bodyOf(result)['url']);
}

const account = async (user: string) => bodyOf(await route.subscription(httpEvent('GET', { user })));

async function success(user: string, sessionId: string) {
  return route.session(httpEvent('GET', { user, parameters: { sessionId } }));
}

const sessionIdOf = (url: string) => /cs_test_\w+/.exec(url)?.[0] ?? '';

async function subscribe(user: string, plan = 'starter_monthly'): Promise<string> {
  const url = await checkout(user, plan);
  await payWith(url, '4242424242424242');
  return sessionIdOf(url);
}

function deliver(event: Stripe.Event, secret = WEBHOOK_SECRET) {
  const body = JSON.stringify(event);
  const signature = world.stripe.webhooks.generateTestHeaderString({ payload: body, secret });
  return route.webhook(httpEvent('POST', { body, headers: { 'stripe-signature': signature } }));
}

async function eventsOf(user: string): Promise<Stripe.Event[]> {
  const { data } = await world.stripe.events.list({ limit: 100, types: [...HANDLED_EVENTS] });
  return data.filter((event) => JSON.stringify(event).includes(`"userId":"${user}"`));
}

describe('before anybody signs in', () => {
  it('the page learns the plans with their prices, and where to sign in', async () => {
    const result = await route.config(httpEvent('GET', {}));
    const config = bodyOf(result);
    expect(result.headers).toMatchObject({ 'cache-control': 'public, max-age=60' });
    expect(config).toMatchObject({
      publishableKey: 'pk_test_functions',
      testMode: true,
      signIn: { clientId: 'client' },
    });
    expect(config['plans']).toContainEqual(
      expect.objectContaining({ lookupKey: 'pro_monthly', name: 'Pro', amount: 2900, currency: 'usd', trialDays: 14 }),
    );
    expect(JSON.stringify(config)).not.toMatch(/sk_test|whsec/);
  });
});

describe('a newcomer', () => {
  it('has no access and no subscription', async () => {
    expect(await account('newcomer')).toMatchObject({
      access: { allowed: false, reason: 'no_subscription' },
      subscription: null,
      trialAvailable: true,
      customer: false,
    });
    const refused = await route.members(httpEvent('GET', { user: 'newcomer' }));
    expect(refused.statusCode).toBe(403);
    expect(bodyOf(refused)).toMatchObject({ code: 'subscription_required', reason: 'no_subscription' });
  });

  it('subscribes, and has access as soon as the success page asks, before any webhook', async () => {
    const sessionId = await subscribe('ada');
    const result = await success('ada', sessionId);
    expect(bodyOf(result)).toMatchObject({
      status: 'complete',
      paymentStatus: 'paid',
      access: { allowed: true, reason: 'active' },
      subscription: { plan: 'starter_monthly', amount: 900, status: 'active' },
    });
    expect((await route.members(httpEvent('GET', { user: 'ada' }))).statusCode).toBe(200);
  });

  it('subscribes, and has access by the webhook when the success page is never seen', async () => {
    await subscribe('bob');
    for (const event of await eventsOf('bob')) expect((await deliver(event)).statusCode).toBe(200);
    expect(await account('bob')).toMatchObject({
      access: { allowed: true },
      subscription: { plan: 'starter_monthly' },
    });
  });

  it('becomes a Stripe customer with the verified email, and without an unverified one', async () => {
    await checkout('carol', 'starter_monthly');
    await checkout('unverified-dan', 'starter_monthly');
    const { data } = await world.stripe.customers.list({ limit: 100 });
    const emailOf = (user: string) => data.find(({ metadata }) => metadata['userId'] === user)?.email;
    expect(emailOf('carol')).toBe('carol@example.com');
    expect(emailOf('unverified-dan')).toBeNull();
  });

  it('with a trial pays nothing today', async () => {
    const result = await success('eve', await subscribe('eve', 'pro_monthly'));
    expect(bodyOf(result)).toMatchObject({
      paymentStatus: 'no_payment_required',
      access: { allowed: true, reason: 'trialing' },
      trialAvailable: false,
    });
  });

  it('whose card is declined has nothing but the checkout, still open', async () => {
    const url = await checkout('frank', 'starter_monthly');
    await payWith(url, '4000000000000002');
    const result = await success('frank', sessionIdOf(url));
    expect(bodyOf(result)).toMatchObject({ status: 'open', access: { allowed: false }, subscription: null });
  });
});

describe('a checkout', () => {
  it('of the same plan asked twice is one session, of another plan a new one, and the old one is closed', async () => {
    const first = await checkout('grace', 'starter_monthly');
    expect(await checkout('grace', 'starter_monthly')).toBe(first);
    const second = await checkout('grace', 'starter_yearly');
    expect(second).not.toBe(first);
    expect(await world.stripe.checkout.sessions.retrieve(sessionIdOf(first))).toMatchObject({ status: 'expired' });
  });

  it('asked for many times at once is one customer and one open session', async () => {
    const urls = await Promise.all([1, 2, 3, 4].map(() => checkout('heidi', 'starter_monthly')));
    expect(new Set(urls).size).toBe(1);
    const { data } = await world.stripe.customers.list({ limit: 100 });
    expect(data.filter(({ metadata }) => metadata['userId'] === 'heidi')).toHaveLength(1);
  });

  it('of different plans at once leaves one open session; a request that lost too often may ask again', async () => {
    const plans = ['starter_monthly', 'starter_yearly', 'pro_monthly', 'pro_yearly'];
    const ask = (plan: string) =>
      route.checkout(httpEvent('POST', { user: 'ivan', body: JSON.stringify({ plan }), headers: asJson }));
    const results = await Promise.all(plans.map(ask));
    for (const result of results)
      if (result.statusCode !== 200) expect(bodyOf(result)).toMatchObject({ status: 409, code: 'checkout_conflict' });
    const { data } = await world.stripe.checkout.sessions.list({ limit: 100 });
    const open = data.filter(({ status, client_reference_id: user }) => user === 'ivan' && status === 'open');
    expect(open).toHaveLength(1);
  });

  it('leads a subscriber to the portal, even before any webhook', async () => {
    await subscribe('judy');
    const result = await route.checkout(
      httpEvent('POST', { user: 'judy', body: '{"plan":"starter_monthly"}', headers: asJson }),
    );
    expect(bodyOf(result)).toMatchObject({ kind: 'portal', url: expect.stringContaining('/p/session/') });
  });

  it('of the same plan begins anew when the subscription it once led to has ended', async () => {
    await success('nina', await subscribe('nina'));
    const { id } = (await account('nina'))['subscription'] as { id: string };
    await world.stripe.subscriptions.cancel(id);
    for (const event of await eventsOf('nina')) await deliver(event);
    expect(await account('nina')).toMatchObject({ access: { allowed: false, reason: 'canceled' } });
    const url = await checkout('nina', 'starter_monthly');
    expect(url).toContain('/c/pay/');
    await success('nina', await subscribe('nina'));
    expect(await account('nina')).toMatchObject({ access: { allowed: true, reason: 'active' } });
  });

  it('of a customer that was deleted at Stripe is one for a fresh customer', async () => {
    const abandoned = await checkout('olga', 'starter_monthly');
    const { data } = await world.stripe.customers.list({ limit: 100 });
    const before = data.find(({ metadata }) => metadata['userId'] === 'olga')?.id ?? '';
    await world.stripe.customers.del(before);
    const portal = await route.portal(httpEvent('POST', { user: 'olga' }));
    expect(bodyOf(portal)).toMatchObject({ status: 409, code: 'no_customer' });
    const url = await checkout('olga', 'starter_yearly');
    expect(url).not.toBe(abandoned);
    const session = await world.stripe.checkout.sessions.retrieve(sessionIdOf(url));
    expect(session.customer).not.toBe(before);
    expect(await checkout('olga', 'starter_yearly')).toBe(url);
  });

  it('of somebody else is none of mine: the same answer as for one that never was', async () => {
    const sessionId = await subscribe('kim');
    for (const id of [sessionId, 'cs_test_unknown', '../secrets', 'sub_1']) {
      const result = await success('mallory', id);
      expect(result.statusCode).toBe(404);
      expect(bodyOf(result)).toMatchObject({ code: 'checkout_session_not_found' });
    }
    expect(await account('mallory')).toMatchObject({ subscription: null });
  });
});

describe('the billing portal', () => {
  it('opens for those who have a customer, and comes back to our page', async () => {
    await checkout('leo', 'starter_monthly');
    const result = await route.portal(httpEvent('POST', { user: 'leo' }));
    const page = await (await fetch(String(bodyOf(result)['url']))).text();
    expect(page).toContain(SITE);
  });

  it('is refused to those who never checked out', async () => {
    const result = await route.portal(httpEvent('POST', { user: 'nobody' }));
    expect(result.statusCode).toBe(409);
    expect(bodyOf(result)).toMatchObject({ code: 'no_customer' });
  });
});

describe('a webhook', () => {
  it('twice, late or in reverse order ends in the same record', async () => {
    const sessionId = await subscribe('mike');
    await success('mike', sessionId);
    const before = await account('mike');
    const events = await eventsOf('mike');
    for (const event of [...events, ...events.toReversed()]) expect((await deliver(event)).statusCode).toBe(200);
    expect(await account('mike')).toEqual(before);
  });

  it('of a subscription that is none of ours changes nothing', async () => {
    const event = (await eventsOf('mike')).find(({ type }) => type === 'customer.subscription.created');
    const foreign = JSON.parse(
      JSON.stringify(event).replaceAll('"userId":"mike"', '"x":"y"').replaceAll('cus_', 'cus_x'),
    );
    expect(bodyOf(await deliver(foreign))).toMatchObject({ outcome: 'unowned' });
  });

  it('about a subscription that Stripe does not have is done with, not asked for again and again', async () => {
    const session = { object: 'checkout.session', subscription: 'sub_gone', metadata: { userId: 'mike' } };
    const result = await deliver(stripeEvent('checkout.session.completed', session));
    expect(result.statusCode).toBe(200);
    expect(bodyOf(result)).toMatchObject({ outcome: 'missing' });
  });

  it('signed with another secret is refused', async () => {
    const [event] = await eventsOf('mike');
    if (!event) throw new Error('no event');
    expect((await deliver(event, 'whsec_other')).statusCode).toBe(400);
  });
});
