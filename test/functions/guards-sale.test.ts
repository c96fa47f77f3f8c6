import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type Stripe from 'stripe';
import { asJson, openShop, sessionIdOf, type Shop } from './shop.ts';
import { bodyOf, httpEvent, payWith, SITE } from './world.ts';

let shop: Shop;
beforeAll(async () => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  shop = await openShop();
});
afterAll(() => shop.stop());

const ask = (user: string, body: object, headers: Record<string, string> = {}) =>
  shop.route.checkout(httpEvent('POST', { user, body: JSON.stringify(body), headers: { ...asJson, ...headers } }));

describe('where a customer comes back to', () => {
  const elsewhere = Object.fromEntries(
    [
      'host',
      'x-forwarded-host',
      'x-forwarded-proto',
      'x-forwarded-prefix',
      'forwarded',
      'origin',
      'referer',
      'x-original-url',
    ].map((name) => [name, 'https://evil.example']),
  );
  const urls = {
    success_url: 'https://evil.example',
    cancel_url: 'https://evil.example',
    return_url: 'https://evil.example',
    siteUrl: 'https://evil.example',
  };

  it('from Checkout is our own page, whatever the request says', async () => {
    const { url } = bodyOf(await ask('lea', { plan: 'starter_monthly', ...urls }, elsewhere));
    const session = await shop.stripe.checkout.sessions.retrieve(sessionIdOf(String(url)));
    expect(session.success_url).toBe(`${SITE}/success?session_id={CHECKOUT_SESSION_ID}`);
    expect(session.cancel_url).toBe(`${SITE}/cancel`);
    const { url: setup } = bodyOf(await ask('lea', { mode: 'setup', ...urls }, elsewhere));
    const kept = await shop.stripe.checkout.sessions.retrieve(sessionIdOf(String(setup)));
    for (const back of [kept.success_url, kept.cancel_url]) expect(back?.startsWith(`${SITE}/`)).toBe(true);
  });

  it('from the portal is our own page, whatever the request says', async () => {
    await shop.success('max', await shop.subscribe('max'));
    for (const flow of [undefined, 'payment_method_update', 'subscription_cancel']) {
      const body = JSON.stringify({ flow, ...urls });
      const result = await shop.route.portal(
        httpEvent('POST', { user: 'max', body, headers: { ...asJson, ...elsewhere } }),
      );
      const page = await (await fetch(String(bodyOf(result)['url']))).text();
      expect(page).toContain(SITE);
      expect(page).not.toContain('evil.example');
    }
  });
});

describe('what is sold', () => {
  it('is one of plans.json: a price of the same account that is none of them is refused', async () => {
    const product = await shop.stripe.products.create({ name: 'For friends' });
    const recurring = { interval: 'month' } as const;
    await shop.stripe.prices.create({
      product: product.id,
      unit_amount: 1,
      currency: 'usd',
      recurring,
      lookup_key: 'friends',
    });
    const result = await ask('nia', { plan: 'friends' });
    expect(result.statusCode).toBe(400);
    expect(bodyOf(result)).toMatchObject({ code: 'unknown_plan' });
  });

  it('has the price, the quantity and the trial that the server says', async () => {
    const wishes = {
      quantity: 5,
      trial_period_days: 700,
      trialDays: 700,
      price: 'price_x',
      line_items: [],
      metadata: { userId: 'victim' },
      customer: 'cus_x',
    };
    const { url } = bodyOf(await ask('oli', { plan: 'starter_monthly', ...wishes }));
    await payWith(String(url), '4242424242424242');
    const { data } = await shop.stripe.subscriptions.list({ limit: 1 });
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({ status: 'active', trial_end: null, metadata: { userId: 'oli' } });
    expect(data[0]?.items.data[0]).toMatchObject({ quantity: 1, price: { unit_amount: 900 } });
  });

  it('has its trial once a user', async () => {
    await shop.success('pat', await shop.subscribe('pat', 'pro_monthly'));
    const { id } = (await shop.account('pat'))['subscription'] as { id: string };
    await shop.stripe.subscriptions.cancel(id);
    for (const event of await shop.eventsOf('pat')) await shop.deliver(event);
    const again = await shop.success('pat', await shop.subscribe('pat', 'pro_yearly'));
    expect(bodyOf(again)).toMatchObject({ paymentStatus: 'paid', access: { reason: 'active' } });
  });

  it.each(['pro_monthly', 'pro_yearly'])(
    'has none for %s after one that ended before any event told of it',
    async (plan) => {
      const user = `quick-${plan}`;
      const { id } = await trialOf(user);
      await shop.stripe.subscriptions.cancel(id);
      const again = await shop.success(user, await shop.subscribe(user, plan));
      expect(bodyOf(again)).toMatchObject({ paymentStatus: 'paid', access: { reason: 'active' } });
    },
  );

  async function trialOf(user: string): Promise<Stripe.Subscription> {
    const session = await shop.stripe.checkout.sessions.retrieve(await shop.subscribe(user, 'pro_monthly'), {
      expand: ['subscription'],
    });
    if (typeof session.subscription !== 'object' || session.subscription?.status !== 'trialing')
      throw new Error('no trial');
    return session.subscription;
  }
});
