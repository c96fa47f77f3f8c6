import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { asJson, openShop, sessionIdOf, type Shop } from './shop.ts';
import { bodyOf, httpEvent } from './world.ts';

let shop: Shop;
beforeAll(async () => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  shop = await openShop();
});
afterAll(() => shop.stop());

describe('a checkout', () => {
  it('of the same plan asked twice is one session, of another plan a new one, and the old one is closed', async () => {
    const first = await shop.checkout('grace', 'starter_monthly');
    expect(await shop.checkout('grace', 'starter_monthly')).toBe(first);
    const second = await shop.checkout('grace', 'starter_yearly');
    expect(second).not.toBe(first);
    expect(await shop.stripe.checkout.sessions.retrieve(sessionIdOf(first))).toMatchObject({ status: 'expired' });
  });

  it('takes no payment whose money would come after the access', async () => {
    const session = await shop.stripe.checkout.sessions.retrieve(sessionIdOf(await shop.checkout('fay', 'pro_yearly')));
    expect(session.payment_method_types).toEqual(['card']);
    expect(session.excluded_payment_method_types).toContain('us_bank_account');
  });

  it('asked for many times at once is one customer and one open session', async () => {
    const urls = await Promise.all([1, 2, 3, 4].map(() => shop.checkout('heidi', 'starter_monthly')));
    expect(new Set(urls).size).toBe(1);
    const { data } = await shop.stripe.customers.list({ limit: 100 });
    expect(data.filter(({ metadata }) => metadata['userId'] === 'heidi')).toHaveLength(1);
  });

  it('of different plans at once leaves one open session; a request that lost too often may ask again', async () => {
    const plans = ['starter_monthly', 'starter_yearly', 'pro_monthly', 'pro_yearly'];
    const ask = (plan: string) =>
      shop.route.checkout(httpEvent('POST', { user: 'ivan', body: JSON.stringify({ plan }), headers: asJson }));
    const results = await Promise.all(plans.map(ask));
    for (const result of results)
      if (result.statusCode !== 200) expect(bodyOf(result)).toMatchObject({ status: 409, code: 'checkout_conflict' });
    const { data } = await shop.stripe.checkout.sessions.list({ limit: 100 });
    const open = data.filter(({ status, client_reference_id: user }) => user === 'ivan' && status === 'open');
    expect(open).toHaveLength(1);
  });

  it('leads a subscriber to the portal, even before any webhook', async () => {
    await shop.subscribe('judy');
    const result = await shop.route.checkout(
      httpEvent('POST', { user: 'judy', body: '{"plan":"starter_monthly"}', headers: asJson }),
    );
    expect(bodyOf(result)).toMatchObject({ kind: 'portal', url: expect.stringContaining('/p/session/') });
  });

  it('of the same plan begins anew when the subscription it once led to has ended', async () => {
    await shop.success('nina', await shop.subscribe('nina'));
    const { id } = (await shop.account('nina'))['subscription'] as { id: string };
    await shop.stripe.subscriptions.cancel(id);
    for (const event of await shop.eventsOf('nina')) await shop.deliver(event);
    expect(await shop.account('nina')).toMatchObject({ access: { allowed: false, reason: 'canceled' } });
    const url = await shop.checkout('nina', 'starter_monthly');
    expect(url).toContain('/c/pay/');
    await shop.success('nina', await shop.subscribe('nina'));
    expect(await shop.account('nina')).toMatchObject({ access: { allowed: true, reason: 'active' } });
  });

  it('of a customer that was deleted at Stripe is one for a fresh customer', async () => {
    const abandoned = await shop.checkout('olga', 'starter_monthly');
    const { data } = await shop.stripe.customers.list({ limit: 100 });
    const before = data.find(({ metadata }) => metadata['userId'] === 'olga')?.id ?? '';
    await shop.stripe.customers.del(before);
    const portal = await shop.route.portal(httpEvent('POST', { user: 'olga' }));
    expect(bodyOf(portal)).toMatchObject({ status: 409, code: 'no_customer' });
    const url = await shop.checkout('olga', 'starter_yearly');
    expect(url).not.toBe(abandoned);
    const session = await shop.stripe.checkout.sessions.retrieve(sessionIdOf(url));
    expect(session.customer).not.toBe(before);
    expect(await shop.checkout('olga', 'starter_yearly')).toBe(url);
  });

  it('of somebody else is none of mine: the same answer as for one that never was', async () => {
    const sessionId = await shop.subscribe('kim');
    for (const id of [sessionId, 'cs_test_unknown', '../secrets', 'sub_1']) {
      const result = await shop.success('mallory', id);
      expect(result.statusCode).toBe(404);
      expect(bodyOf(result)).toMatchObject({ code: 'checkout_session_not_found' });
    }
    expect(await shop.account('mallory')).toMatchObject({ subscription: null });
  });
});
