import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type Stripe from 'stripe';
import { idOf } from '../../billing/subscription.ts';
import { advance, sim } from '../local/stripe/sim.ts';
import { openShop, sessionIdOf, type Shop } from './shop.ts';
import { payWith } from './world.ts';

const DAY = 86_400;

let shop: Shop;
beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const) jest.spyOn(console, level).mockReturnValue(undefined);
  shop = await openShop();
});
afterAll(() => shop.stop());

const simulator = () => ({ url: shop.simulator });

async function subscriber(user: string, card = '4242424242424242', plan = 'starter_monthly') {
  const url = await shop.checkout(user, plan);
  await payWith(url, card);
  const session = await shop.stripe.checkout.sessions.retrieve(sessionIdOf(url), { expand: ['subscription'] });
  await shop.success(user, session.id);
  if (session.subscription === null || typeof session.subscription === 'string') throw new Error('not subscribed');
  return session.subscription;
}

/** What the page is told once every event has come. */
async function accountAfterAll(user: string) {
  for (const event of await shop.eventsOf(user)) await shop.deliver(event);
  return shop.account(user);
}

const update = (id: string, params: Stripe.SubscriptionUpdateParams) => shop.stripe.subscriptions.update(id, params);

describe('the account tells', () => {
  it('a trial that has no card, and that it is paused without one', async () => {
    const { customer } = await subscriber('ada', undefined, 'pro_monthly');
    expect(await shop.account('ada')).toMatchObject({ subscription: { hasPaymentMethod: true } });
    const [price] = (await shop.stripe.prices.list({ lookup_keys: ['pro_monthly'] })).data;
    await shop.stripe.subscriptions.create({
      customer: idOf(customer),
      items: [{ price: price?.id ?? '' }],
      metadata: { userId: 'ada-s-friend' },
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
    });
    expect(await accountAfterAll('ada-s-friend')).toMatchObject({
      access: { reason: 'trialing', allowed: true },
      subscription: { hasPaymentMethod: false },
    });
    await advance(simulator(), 15 * DAY);
    expect(await accountAfterAll('ada-s-friend')).toMatchObject({
      access: { reason: 'paused', allowed: false },
      subscription: { status: 'paused', hasPaymentMethod: false },
    });
  });

  it('that only the payments are paused: access stays', async () => {
    const { id } = await subscriber('bob');
    const resumes_at = Math.floor(Date.now() / 1000) + 40 * DAY;
    await update(id, { pause_collection: { behavior: 'void', resumes_at } });
    expect(await accountAfterAll('bob')).toMatchObject({
      access: { reason: 'active', allowed: true },
      subscription: { status: 'active', collectionPaused: 'void', collectionResumesAt: resumes_at },
    });
    await update(id, { pause_collection: '' });
    expect(await accountAfterAll('bob')).toMatchObject({
      subscription: { collectionPaused: null, collectionResumesAt: null },
    });
  });

  it('that it ended because it was cancelled', async () => {
    const { id } = await subscriber('carol');
    await shop.stripe.subscriptions.cancel(id);
    expect(await accountAfterAll('carol')).toMatchObject({
      access: { reason: 'canceled', allowed: false },
      subscription: { endedBecause: 'cancellation_requested', endedAt: expect.any(Number) },
    });
  });

  it('that it ended because a payment was disputed', async () => {
    await sim(simulator(), 'POST /settings', { cancelOnDispute: true });
    await subscriber('dave', '4000000000000259');
    await sim(simulator(), 'POST /settings', { cancelOnDispute: false });
    expect(await accountAfterAll('dave')).toMatchObject({
      access: { allowed: false },
      subscription: { endedBecause: 'payment_disputed' },
    });
  });

  it('that it ended because it was not paid', async () => {
    const { id, customer } = await subscriber('eve');
    const method = await shop.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: idOf(customer) });
    await update(id, { default_payment_method: method.id });
    await sim(simulator(), 'POST /settings', { retryAfterDays: [1], afterRetries: 'cancel' });
    await advance(simulator(), 35 * DAY);
    expect(await accountAfterAll('eve')).toMatchObject({
      access: { reason: 'canceled', allowed: false },
      subscription: { endedBecause: 'payment_failed' },
    });
  });

  it('no customer any more once Stripe’s was deleted: the next checkout makes a fresh one', async () => {
    const { customer } = await subscriber('frank');
    await shop.stripe.customers.del(idOf(customer));
    expect(await accountAfterAll('frank')).toMatchObject({ subscription: { status: 'canceled' } });
    const again = await subscriber('frank');
    expect(again.customer).not.toBe(customer);
    expect(await accountAfterAll('frank')).toMatchObject({ access: { reason: 'active', allowed: true } });
  });
});
