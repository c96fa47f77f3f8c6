import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import type Stripe from 'stripe';
import { subscriptionRecord, type SubscriptionRecord } from '../../billing/subscription.ts';
import { subscriptionRecords } from '../../clients/records/subscriptions.ts';
import { stripeEvent } from '../support/subscription.ts';
import { everything } from './everything.ts';
import { oddEvent, oddities } from './hostile-events.ts';
import { PATIENCE, runs } from './hostile-input.ts';
import { signed } from './hostile-signatures.ts';
import { openShop, type Shop } from './shop.ts';
import { bodyOf, httpEvent } from './world.ts';

jest.setTimeout(PATIENCE);

let shop: Shop;
let truth: Stripe.Subscription;
let events: readonly Stripe.Event[];
let baseline: Record<string, Record<string, unknown>>;
let ours: string;

beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const) jest.spyOn(console, level).mockReturnValue(undefined);
  shop = await openShop();
  await shop.success('bob', await shop.subscribe('bob'));
  await shop.success('ada', await shop.subscribe('ada'));
  const { data } = await shop.stripe.subscriptions.list({ limit: 1 });
  if (data[0] === undefined) throw new Error('ada has no subscription');
  [truth] = data;
  events = [...(await shop.eventsOf('ada')), ...hints(truth)];
  baseline = await everything(shop.table);
  ours = JSON.stringify(['ada', `subscription#${truth.id}`]);
});
afterAll(() => shop.stop());

function hints({ id, metadata }: Stripe.Subscription): Stripe.Event[] {
  const details = { subscription: id, metadata };
  return [
    stripeEvent('invoice.payment_failed', { object: 'invoice', parent: { subscription_details: details } }),
    stripeEvent('customer.subscription.updated', truth, { api_version: '2020-08-27' }),
    stripeEvent('charge.dispute.created', { status: 'needs_response', payment_intent: 'pi_1', charge: 'ch_1' }),
    stripeEvent('customer.deleted', { id: 'cus_1', object: 'customer' }),
  ];
}

/** A signature by Stripe says who sent it, not that it can be read. */
async function send(event: unknown) {
  const body = JSON.stringify(event);
  const headers = { 'stripe-signature': signed(body) };
  const result = await shop.route.webhook(httpEvent('POST', { body, headers }));
  return { status: result.statusCode ?? 0, ...bodyOf(result) } as { status: number; outcome?: string };
}

/** What stood there before each case. */
async function restore(): Promise<void> {
  await shop.table.client.send(new PutCommand({ TableName: shop.table.name, Item: baseline[ours] }));
}

const recordOf = async () => (await subscriptionRecords(shop.table).read('ada', truth.id))?.record;

/** Each field is of the kind that it always is, so that access is decided on nothing else. */
function expectReadable(record: SubscriptionRecord | undefined): void {
  const usual = new Map<string, unknown>(Object.entries(subscriptionRecord(truth)));
  for (const [name, value] of Object.entries(record ?? {})) {
    const kinds = ['string', 'number'].concat(typeof usual.get(name));
    if (value !== null) expect(usual.get(name) === null ? kinds : [typeof usual.get(name)]).toContain(typeof value);
    if (typeof value === 'number') expect(Number.isSafeInteger(value)).toBe(true);
  }
}

describe('an event that Stripe signed, but that is not as Stripe’s types say', () => {
  it('is never answered with a 5xx: it would come again for days', async () => {
    const property = fc.asyncProperty(fc.nat(), oddities, async (which, odd) => {
      await restore();
      const event = oddEvent(events[which % events.length] ?? {}, odd);
      const { status, outcome = 'refused' } = await send(event);
      expect([200, 400]).toContain(status);
      const record = await recordOf();
      if (outcome === 'saved') return expectReadable(record);
      expect([baseline[ours]?.['record'], subscriptionRecord(truth)]).toContainEqual(record);
    });
    await fc.assert(property, { numRuns: runs(150, 0.1) });
  });

  it('has written nothing that cannot be read, and nothing of anybody else’s', async () => {
    const items = await everything(shop.table);
    for (const [key, item] of Object.entries(baseline)) if (key !== ours) expect(items[key]).toEqual(item);
    const odd = Object.entries(items).filter(([key]) => !(key in baseline));
    for (const [key] of odd)
      expect(JSON.parse(key)).toEqual([expect.any(String), expect.stringMatching(/^subscription#\w+$/)]);
  });
});

describe('an event from another time', () => {
  it.each([-1, 1.5, null, '1800000000', 1e21])(
    'created at %j is a hint: Stripe is asked what is true',
    async (created) => {
      await restore();
      const event = stripeEvent(
        'customer.subscription.updated',
        { ...truth, status: 'canceled' },
        { created: created as number },
      );
      expect(await send(event)).toMatchObject({ status: 200, outcome: 'unchanged' });
      expect(await recordOf()).toEqual(subscriptionRecord(truth));
    },
  );
});
