import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import type Stripe from 'stripe';
import { HANDLED_EVENTS } from '../../billing/events.ts';
import { subscriptionRecord } from '../../billing/subscription.ts';
import { users } from '../../clients/records/users.ts';
import type { Handler } from '../../functions/shared/http.ts';
import { advance } from '../local/stripe/sim.ts';
import { countCalls, type Counter, type Fault } from '../support/counting.ts';
import { bodyOf, httpEvent, payWith, startWorld, WEBHOOK_SECRET, type World } from './world.ts';

/** One thing that happens to a subscription at Stripe, so many seconds after the one before. */
interface Step {
  readonly seconds: number;
  readonly change: 'cancel later' | 'take back' | 'dearer plan' | 'cheaper plan' | 'end';
  /** How often the events before it are delivered at once, while it is on its way. */
  readonly now: number;
  /** How often they are delivered at the end, after all that came later. */
  readonly late: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  seconds: fc.constantFrom(0, 0, 1, 3),
  change: fc.constantFrom(
    'cancel later',
    'take back',
    'dearer plan',
    'cheaper plan',
    'cancel later',
    'take back',
    'end',
  ),
  now: fc.integer({ min: 0, max: 2 }),
  late: fc.integer({ min: 0, max: 2 }),
});
const faults = fc.array(fc.constantFrom<Fault>('none', 'none', 'none', 'before', 'after'), { maxLength: 5 });
const history = fc.record({
  steps: fc.noBias(fc.array(step, { minLength: 3, maxLength: 6 })),
  dynamo: faults,
  stripe: faults,
});

/** Each lost answer costs half a second, which is how long the SDK waits before it asks again. */
const RUNS = 8;

let world: World;
let dynamo: Counter;
let stripe: Counter;
let checkout: Handler;
let webhook: Handler;
let born = 0;

beforeAll(async () => {
  for (const level of ['log', 'error'] as const) jest.spyOn(console, level).mockReturnValue(undefined);
  world = await startWorld();
  await world.configure();
  dynamo = await countCalls(process.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
  stripe = await countCalls(world.simulator);
  Object.assign(process.env, { AWS_ENDPOINT_URL_DYNAMODB: dynamo.url, STRIPE_API_BASE: stripe.url });
  checkout = (await import('../../functions/checkout.ts')).handler;
  webhook = (await import('../../functions/webhook.ts')).handler;
});
afterAll(async () => {
  await Promise.all([dynamo.stop(), stripe.stop()]);
  await world.stop();
});

/** Somebody who has just subscribed. */
async function subscriber(): Promise<{ user: string; subscription: Stripe.Subscription }> {
  born += 1;
  const user = `user-${born}`;
  const headers = { 'content-type': 'application/json' };
  const { url } = bodyOf(await checkout(httpEvent('POST', { user, headers, body: '{"plan":"starter_monthly"}' })));
  await payWith(String(url), '4242424242424242');
  const { data } = await world.stripe.subscriptions.list({ limit: 100, status: 'all' });
  const subscription = data.find(({ metadata }) => metadata['userId'] === user);
  if (!subscription) throw new Error(`${user} has no subscription`);
  return { user, subscription };
}

async function change({ id, items }: Stripe.Subscription, { change: what }: Step): Promise<void> {
  const item = items.data[0]?.id ?? '';
  const price = async (lookupKey: string) =>
    (await world.stripe.prices.list({ lookup_keys: [lookupKey] })).data[0]?.id ?? '';
  const to = async (plan: string) => ({ items: [{ id: item, price: await price(plan) }] });
  const { subscriptions } = world.stripe;
  if ((await subscriptions.retrieve(id)).status === 'canceled') return;
  if (what === 'end') await subscriptions.cancel(id);
  else if (what === 'cancel later') await subscriptions.update(id, { cancel_at_period_end: true });
  else if (what === 'take back') await subscriptions.update(id, { cancel_at_period_end: false });
  else await subscriptions.update(id, await to(what === 'dearer plan' ? 'pro_monthly' : 'starter_monthly'));
}

/** As Stripe does: again, until it is taken; more often than the faults last, and not for ever. */
async function deliver(event: Stripe.Event, attempts = 20): Promise<void> {
  const body = JSON.stringify(event);
  const signature = world.stripe.webhooks.generateTestHeaderString({ payload: body, secret: WEBHOOK_SECRET });
  const { statusCode = 0 } = await webhook(httpEvent('POST', { body, headers: { 'stripe-signature': signature } }));
  if (statusCode >= 500 && attempts > 1) return deliver(event, attempts - 1);
  expect(statusCode).toBe(200);
}

/** The events about this subscription since the last look; a fresh one first, as a reckless network might bring them. */
function eventsOf(user: string) {
  const known = new Set<string>();
  return async (): Promise<Stripe.Event[]> => {
    const { data } = await world.stripe.events.list({ limit: 100, types: [...HANDLED_EVENTS] });
    const fresh = data.filter((event) => !known.has(event.id) && JSON.stringify(event).includes(`"userId":"${user}"`));
    for (const { id } of fresh) known.add(id);
    return fresh;
  };
}

describe('with the real functions, DynamoDB and Stripe’s answers, any of which may fail', () => {
  it('every record ends equal to Stripe', async () => {
    const property = fc.asyncProperty(history, async ({ steps, ...broken }) => {
      dynamo.break([]); // what the history before this one has left over
      stripe.break([]);
      const { user, subscription } = await subscriber();
      const look = eventsOf(user);
      await Promise.all((await look()).map((event) => deliver(event)));
      dynamo.break(broken.dynamo);
      stripe.break(broken.stripe);
      const deliveries: Promise<void>[] = [];
      const late: Stripe.Event[] = [];
      for (const each of steps) {
        const events = await look();
        for (let copy = 0; copy < each.now; copy += 1) deliveries.push(...events.map((event) => deliver(event)));
        for (let copy = 0; copy < Math.max(each.late, 1 - each.now); copy += 1) late.push(...events);
        if (each.seconds > 0) await advance({ url: world.simulator }, each.seconds);
        await change(subscription, each);
      }
      // The newest first, and all that came late after it.
      await Promise.all([...deliveries, ...[...(await look()), ...late].map((event) => deliver(event))]);
      const { subscriptions } = await users(world.table).read(user, 'now');
      const truth = await world.stripe.subscriptions.retrieve(subscription.id);
      expect(subscriptions.map(({ record }) => record)).toEqual([subscriptionRecord(truth)]);
    });
    await fc.assert(property, { numRuns: RUNS });
  }, 120_000);
});
