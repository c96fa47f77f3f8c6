import type Stripe from 'stripe';
import * as fc from 'fast-check';
import { asOfEvent, asOfFetch, type Age, type AsOf } from '../../billing/ordering.ts';
import type { SubscriptionRecords } from '../../clients/records/subscriptions.ts';
import { subscriptionRecord, type SubscriptionRecord } from '../../billing/subscription.ts';
import type { StoredSubscription } from '../../billing/user.ts';
import { subscriptionSync, type SyncParts } from '../../clients/sync.ts';
import { NOON, stripeEvent, stripeSubscription } from '../support/subscription.ts';

const API_VERSION = '2026-10-28.endive';

/** One change at Stripe: how long after the one before, and how often and whether its event tells all. */
export interface Step {
  readonly afterMs: number;
  readonly copies: number;
  readonly hint: boolean;
}

/** One life of a subscription: its changes, and which of the calls to DynamoDB and Stripe fail. */
export interface History {
  readonly steps: readonly Step[];
  readonly faults: readonly ('none' | 'before' | 'after')[];
}

const step: fc.Arbitrary<Step> = fc.record({
  afterMs: fc.constantFrom(0, 1, 300, 999, 1000, 1700, 5000),
  copies: fc.integer({ min: 1, max: 3 }),
  hint: fc.boolean(),
});

export const history: fc.Arbitrary<History> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  faults: fc.array(fc.constantFrom('none', 'none', 'none', 'before', 'after'), { maxLength: 12 }),
});

/** The parts of the rule that a test may break, to see that the histories notice. */
export interface Rule {
  age(created: number, known: AsOf | undefined): Age;
  readonly guardsVersion: boolean;
}

/**
 * Lives a history: every delivery runs at once with all others, and the scheduler decides which call goes on next.
 * A delivery that failed is repeated, as Stripe does.
 *
 * @returns what the record says at the end, and what is true at Stripe
 */
export async function live({ steps, faults }: History, rule: Rule, scheduler: fc.Scheduler) {
  const world = { nowMs: NOON * 1000, quantity: 0 };
  const truth = (): Stripe.Subscription => {
    const subscription = stripeSubscription();
    for (const item of subscription.items.data) item.quantity = world.quantity;
    return subscription;
  };
  const remaining = [...faults];
  /** A call that takes its time: before and after it has its effect, others go on, and it may fail on either side. */
  const call = async <T>(name: string, effect: () => T): Promise<T> => {
    const fault = remaining.shift() ?? 'none';
    await scheduler.schedule(Promise.resolve(), `${name} asks`);
    if (fault === 'before') throw new Error(`${name} failed before it had an effect`);
    const result = effect();
    await scheduler.schedule(Promise.resolve(), `${name} answers`);
    if (fault === 'after') throw new Error(`${name} failed after it had its effect`);
    return result;
  };

  const store = memoryRecords(rule, call);
  const stripe: SyncParts['stripe'] = {
    async fetch() {
      const askedMs = world.nowMs;
      const record = await call('fetch', () => subscriptionRecord(truth()));
      const asOf = asOfFetch(Math.floor(world.nowMs / 1000), world.nowMs - askedMs);
      return { record, asOf, owner: 'user-1', customersOwner: 'user-1' };
    },
  };
  const users = { ownerOfCustomer: async () => 'user-1' };
  const sync = subscriptionSync({ records: store.records, users, stripe, apiVersion: API_VERSION });

  const deliveries: Promise<void>[] = [];
  const deliver = async (event: Stripe.Event): Promise<void> => {
    await scheduler.schedule(Promise.resolve(), `delivery of ${event.type} ${event.created}`);
    try {
      await sync.event(event);
    } catch {
      await deliver(event);
    }
  };
  const change = ({ afterMs, copies, hint }: Step): void => {
    world.nowMs += afterMs;
    world.quantity += 1;
    const created = Math.floor(world.nowMs / 1000);
    const event = hint
      ? stripeEvent(
          'checkout.session.completed',
          { subscription: 'sub_1', metadata: { userId: 'user-1' } },
          { created },
        )
      : stripeEvent('customer.subscription.updated', truth(), { created });
    for (let copy = 0; copy < copies; copy += 1) deliveries.push(deliver(event));
  };
  for (const [index, step] of steps.entries())
    deliveries.push(scheduler.schedule(Promise.resolve(), `change ${index}`).then(() => change(step)));
  await scheduler.waitIdle();
  await Promise.all(deliveries);
  return { known: store.known(), truth: subscriptionRecord(truth()) };
}

type Call = <T>(name: string, effect: () => T) => Promise<T>;

/** The records' conditions in memory; that DynamoDB's are the same is tested beside this, on the real expressions. */
function memoryRecords(rule: Rule, call: Call) {
  let stored: StoredSubscription | undefined;
  const write = (record: SubscriptionRecord, asOf: AsOf) => {
    stored = { record, asOf, version: (stored?.version ?? 0) + 1 };
    return 'saved' as const;
  };
  const records: SubscriptionRecords = {
    read: () => call('read', () => stored),
    saveFromEvent: (_, record, created) =>
      call('save from event', () => {
        const age = rule.age(created, stored?.asOf);
        return age === 'newer' ? write(record, asOfEvent(created)) : age;
      }),
    saveFetched: (_, { record, asOf }, read) =>
      call('save fetched', () => {
        if (rule.guardsVersion && stored?.version !== read?.version) return 'stale';
        return write(record, asOf);
      }),
  };
  return { records, known: () => stored?.record };
}
