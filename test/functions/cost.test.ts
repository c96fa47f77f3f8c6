import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Handler } from '../../functions/shared/http.ts';
import { countCalls, type Counter } from '../support/counting.ts';
import { stripeEvent, stripeSubscription } from '../support/subscription.ts';
import { bodyOf, httpEvent, payWith, startWorld, WEBHOOK_SECRET, type World } from './world.ts';

let world: World;
let dynamo: Counter;
let stripe: Counter;
let route: Record<'checkout' | 'members' | 'subscription' | 'webhook', Handler>;

const UPDATE = 'DynamoDB_20120810.UpdateItem';
const QUERY = 'DynamoDB_20120810.Query';

beforeAll(async () => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  world = await startWorld();
  await world.configure();
  dynamo = await countCalls(process.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
  stripe = await countCalls(process.env['STRIPE_API_BASE'] ?? '');
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = dynamo.url;
  process.env['STRIPE_API_BASE'] = stripe.url;
  route = {
    checkout: (await import('../../functions/checkout.ts')).handler,
    members: (await import('../../functions/members.ts')).handler,
    subscription: (await import('../../functions/subscription.ts')).handler,
    webhook: (await import('../../functions/webhook.ts')).handler,
  };
});
afterAll(async () => {
  await Promise.all([dynamo.stop(), stripe.stop()]);
  await world.stop();
});

/** What `work` asks of DynamoDB and of Stripe. */
async function callsOf(work: () => Promise<unknown>) {
  dynamo.taken();
  stripe.taken();
  await work();
  return { dynamo: dynamo.taken(), stripe: stripe.taken() };
}

function deliver(created: number, customer = 'cus_1') {
  const event = stripeEvent('customer.subscription.updated', stripeSubscription({ customer }), { created });
  const body = JSON.stringify(event);
  const signature = world.stripe.webhooks.generateTestHeaderString({ payload: body, secret: WEBHOOK_SECRET });
  return route.webhook(httpEvent('POST', { body, headers: { 'stripe-signature': signature } }));
}

const checkout = (user: string, plan: string) => {
  const call = { user, body: JSON.stringify({ plan }), headers: { 'content-type': 'application/json' } };
  return route.checkout(httpEvent('POST', call));
};

describe('what it costs', () => {
  it('a renewal is one write: nothing is read, and Stripe is not asked', async () => {
    expect(await callsOf(() => deliver(1000))).toEqual({ dynamo: [UPDATE], stripe: [] });
    expect(await callsOf(() => deliver(2000))).toEqual({ dynamo: [UPDATE], stripe: [] });
  });

  it.each(['members', 'subscription'] as const)('an entitlement (%s) is one query', async (name) => {
    const work = () => route[name](httpEvent('GET', { user: 'user-1' }));
    expect(await callsOf(work)).toEqual({ dynamo: [QUERY], stripe: [] });
  });

  it('a checkout of a known customer is at most two calls to Stripe', async () => {
    await checkout('ada', 'starter_monthly'); // makes the customer, and reads the prices once a minute
    const same = await callsOf(() => checkout('ada', 'starter_monthly'));
    expect(same.stripe).toHaveLength(1);
    const other = await callsOf(() => checkout('ada', 'starter_yearly'));
    expect(other.stripe).toHaveLength(2);
  });

  it('one that was paid already is at most two calls, the portal among them', async () => {
    const { url } = bodyOf(await checkout('bob', 'starter_monthly'));
    await payWith(String(url), '4242424242424242');
    const paid = await callsOf(() => checkout('bob', 'starter_monthly'));
    expect(paid.stripe.length).toBeLessThanOrEqual(2);
  });
});
