import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { stripeEvent } from '../support/subscription.ts';
import { openShop, sessionIdOf, type Shop } from './shop.ts';
import { bodyOf, httpEvent, payWith, SITE } from './world.ts';

let shop: Shop;
beforeAll(async () => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  shop = await openShop();
});
afterAll(() => shop.stop());

describe('before anybody signs in', () => {
  it('the page learns the plans with their prices, and where to sign in', async () => {
    const result = await shop.route.config(httpEvent('GET', {}));
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
    expect(await shop.account('newcomer')).toMatchObject({
      access: { allowed: false, reason: 'no_subscription' },
      subscription: null,
      trialAvailable: true,
      customer: false,
    });
    const refused = await shop.route.members(httpEvent('GET', { user: 'newcomer' }));
    expect(refused.statusCode).toBe(403);
    expect(bodyOf(refused)).toMatchObject({ code: 'subscription_required', reason: 'no_subscription' });
  });

  it('subscribes, and has access as soon as the success page asks, before any webhook', async () => {
    const sessionId = await shop.subscribe('ada');
    const result = await shop.success('ada', sessionId);
    expect(bodyOf(result)).toMatchObject({
      status: 'complete',
      paymentStatus: 'paid',
      access: { allowed: true, reason: 'active' },
      subscription: { plan: 'starter_monthly', amount: 900, status: 'active' },
    });
    expect((await shop.route.members(httpEvent('GET', { user: 'ada' }))).statusCode).toBe(200);
  });

  it('subscribes, and has access by the webhook when the success page is never seen', async () => {
    await shop.subscribe('bob');
    for (const event of await shop.eventsOf('bob')) expect((await shop.deliver(event)).statusCode).toBe(200);
    expect(await shop.account('bob')).toMatchObject({
      access: { allowed: true },
      subscription: { plan: 'starter_monthly' },
    });
  });

  it('becomes a Stripe customer with the verified email, and without an unverified one', async () => {
    await shop.checkout('carol', 'starter_monthly');
    await shop.checkout('unverified-dan', 'starter_monthly');
    const { data } = await shop.stripe.customers.list({ limit: 100 });
    const emailOf = (user: string) => data.find(({ metadata }) => metadata['userId'] === user)?.email;
    expect(emailOf('carol')).toBe('carol@example.com');
    expect(emailOf('unverified-dan')).toBeNull();
  });

  it('with a trial pays nothing today', async () => {
    const result = await shop.success('eve', await shop.subscribe('eve', 'pro_monthly'));
    expect(bodyOf(result)).toMatchObject({
      paymentStatus: 'no_payment_required',
      access: { allowed: true, reason: 'trialing' },
      trialAvailable: false,
    });
  });

  it('whose card is declined has nothing but the checkout, still open', async () => {
    const url = await shop.checkout('frank', 'starter_monthly');
    await payWith(url, '4000000000000002');
    const result = await shop.success('frank', sessionIdOf(url));
    expect(bodyOf(result)).toMatchObject({ status: 'open', access: { allowed: false }, subscription: null });
  });
});

describe('the billing portal', () => {
  it('opens for those who have a customer, and comes back to our page', async () => {
    await shop.checkout('leo', 'starter_monthly');
    const result = await shop.route.portal(httpEvent('POST', { user: 'leo' }));
    const page = await (await fetch(String(bodyOf(result)['url']))).text();
    expect(page).toContain(SITE);
  });

  it('is refused to those who never checked out', async () => {
    const result = await shop.route.portal(httpEvent('POST', { user: 'nobody' }));
    expect(result.statusCode).toBe(409);
    expect(bodyOf(result)).toMatchObject({ code: 'no_customer' });
  });
});

describe('a webhook', () => {
  it('twice, late or in reverse order ends in the same record', async () => {
    const sessionId = await shop.subscribe('mike');
    await shop.success('mike', sessionId);
    const before = await shop.account('mike');
    const events = await shop.eventsOf('mike');
    for (const event of [...events, ...events.toReversed()]) expect((await shop.deliver(event)).statusCode).toBe(200);
    expect(await shop.account('mike')).toEqual(before);
  });

  it('of a subscription that is none of ours changes nothing', async () => {
    const event = await shop.soldInTheDashboard({});
    expect(bodyOf(await shop.deliver(event))).toMatchObject({ outcome: 'unowned' });
  });

  it('of a subscription that only its customer says is ours finds the user, recorded already or not', async () => {
    const event = await shop.soldInTheDashboard({ userId: 'phil' });
    expect(bodyOf(await shop.deliver(event))).toMatchObject({ outcome: 'refetched' });
    expect(await shop.account('phil')).toMatchObject({ access: { allowed: true } });
  });

  it('about a subscription that Stripe does not have is done with, not asked for again and again', async () => {
    const session = { object: 'checkout.session', subscription: 'sub_gone', metadata: { userId: 'mike' } };
    const result = await shop.deliver(stripeEvent('checkout.session.completed', session));
    expect(result.statusCode).toBe(200);
    expect(bodyOf(result)).toMatchObject({ outcome: 'missing' });
  });

  it('signed with another secret is refused', async () => {
    const [event] = await shop.eventsOf('mike');
    if (!event) throw new Error('no event');
    expect((await shop.deliver(event, 'whsec_other')).statusCode).toBe(400);
  });
});
