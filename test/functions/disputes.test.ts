import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type Stripe from 'stripe';
import type { Handler } from '../../functions/shared/http.ts';
import { openShop, sessionIdOf, type Shop } from './shop.ts';
import { bodyOf, payWith } from './world.ts';

/** Pays, and is disputed in the same moment. */
const DISPUTED = '4000000000000259';

let shop: Shop;
let reconcile: () => Promise<void>;
const logged: string[] = [];

beforeAll(async () => {
  for (const level of ['log', 'warn'] as const)
    jest.spyOn(console, level).mockImplementation((line: unknown) => void logged.push(String(line)));
  process.env['DISPUTES'] = 'cancel';
  shop = await openShop();
  reconcile = (await import('../../functions/reconcile.ts')).handler;
});
afterAll(async () => {
  delete process.env['DISPUTES'];
  await shop.stop();
});

/** Somebody who subscribed, has access, and whose bank takes the payment back. */
async function disputedSubscriber(user: string): Promise<{ id: string; event: Stripe.Event }> {
  const url = await shop.checkout(user, 'starter_monthly');
  await payWith(url, DISPUTED);
  const result = await shop.success(user, sessionIdOf(url));
  expect(bodyOf(result)).toMatchObject({ access: { allowed: true } });
  const { id } = bodyOf(result)['subscription'] as { id: string };
  return { id, event: await lastEvent('charge.dispute.created') };
}

async function lastEvent(type: string): Promise<Stripe.Event> {
  const { data } = await shop.stripe.events.list({ type, limit: 1 });
  if (data[0] === undefined) throw new Error(`there was no ${type}`);
  return data[0];
}

const statusOf = async (id: string) => (await shop.stripe.subscriptions.retrieve(id)).status;
const outcomeOf = async (delivery: ReturnType<Handler>) => bodyOf(await delivery)['outcome'];

describe('with the policy cancel, a disputed payment', () => {
  it('ends the subscription that it paid for; access ends by the event of that end', async () => {
    const { id, event } = await disputedSubscriber('ada');
    expect(await outcomeOf(shop.deliver(event))).toBe('dispute_ended');
    expect(await statusOf(id)).toBe('canceled');
    expect(await outcomeOf(shop.deliver(await lastEvent('customer.subscription.deleted')))).not.toBe('ignored');
    expect(await shop.account('ada')).toMatchObject({ access: { allowed: false, reason: 'canceled' } });
    expect(logged.some((line) => line.includes('"WARN"') && line.includes('dispute_ended'))).toBe(true);
  });

  it('told of twice, or late, ends nothing that was bought since', async () => {
    const { event } = await disputedSubscriber('bob');
    await shop.deliver(event);
    await shop.deliver(await lastEvent('customer.subscription.deleted'));
    const result = await shop.success('bob', await shop.subscribe('bob'));
    const { id: next } = bodyOf(result)['subscription'] as { id: string };
    expect(await outcomeOf(shop.deliver(event))).toBe('unchanged');
    expect(await statusOf(next)).toBe('active');
    expect(await shop.account('bob')).toMatchObject({ access: { allowed: true } });
  });

  it('told of twice at once ends it, and neither delivery fails', async () => {
    const { id, event } = await disputedSubscriber('carol');
    const results = await Promise.all([shop.deliver(event), shop.deliver(event)]);
    expect(results.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(await statusOf(id)).toBe('canceled');
  });

  it('that is an inquiry only ends nothing, until the bank takes the money', async () => {
    const { id, event } = await disputedSubscriber('dan');
    const object = { ...event.data.object, status: 'warning_needs_response' };
    const inquiry = { ...event, data: { object } } as Stripe.Event;
    expect(await outcomeOf(shop.deliver(inquiry))).toBe('ignored');
    expect(await statusOf(id)).toBe('active');
    expect(await outcomeOf(shop.deliver(await lastEvent('charge.dispute.funds_withdrawn')))).toBe('dispute_ended');
  });

  it('of which no webhook told is found by reconcile', async () => {
    const endpoint = { url: 'http://127.0.0.1:9/gone', enabled_events: ['charge.dispute.created'] as const };
    const { id: deaf } = await shop.stripe.webhookEndpoints.create({
      ...endpoint,
      enabled_events: [...endpoint.enabled_events],
    });
    const { id } = await disputedSubscriber('eve');
    await reconcile();
    await shop.stripe.webhookEndpoints.del(deaf);
    expect(await statusOf(id)).toBe('canceled');
  });

  it('of a subscription that is none of ours is none of our business', async () => {
    const { id: customer } = await shop.stripe.customers.create({ email: 'elsewhere@example.com' });
    const { data: prices } = await shop.stripe.prices.list({ lookup_keys: ['starter_monthly'] });
    const { url } = await shop.stripe.checkout.sessions.create({
      mode: 'subscription',
      customer,
      line_items: [{ price: prices[0]?.id ?? '', quantity: 1 }],
      success_url: 'https://elsewhere.example',
    });
    await payWith(url ?? '', DISPUTED);
    expect(await outcomeOf(shop.deliver(await lastEvent('charge.dispute.created')))).toBe('unowned');
    const { data } = await shop.stripe.subscriptions.list({ customer });
    expect(data).toHaveLength(1);
  });

  it('of something that was no subscription ends nothing', async () => {
    const { event } = await disputedSubscriber('frank');
    const object = { ...event.data.object, payment_intent: 'pi_elsewhere' };
    expect(await outcomeOf(shop.deliver({ ...event, data: { object } } as Stripe.Event))).toBe('ignored');
  });
});
