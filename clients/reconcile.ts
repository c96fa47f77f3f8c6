import type Stripe from 'stripe';
import { HANDLED_EVENTS } from '../billing/events.ts';
import { isLive, type SubscriptionRecord } from '../billing/subscription.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Outcome, Sync } from './sync.ts';

export interface ReconcileReport {
  /** Events that Stripe could not deliver, applied now. */
  readonly undelivered: number;
  /** Subscriptions at Stripe, ended ones too. */
  readonly seen: number;
  /** Those whose record differed and was written anew. */
  readonly repaired: readonly string[];
  /** Stripe customers with more than one live subscription, who pay twice. */
  readonly duplicates: readonly string[];
  /** How many belong to none of our users. */
  readonly unowned: number;
  /** Events and subscriptions that could not be looked at; the next run tries again. */
  readonly failed: readonly Failure[];
}

export interface Failure {
  readonly id: string;
  readonly error: unknown;
}

/** Stripe gives up on an event after three days; what older schedules missed shows in the comparison that follows. */
const LOOK_BACK_SECONDS = 4 * 86_400;

/**
 * First the events that were not delivered, then every subscription of the account against its record, repaired by the
 * same rule as an event. One at a time: well under Stripe's rate limits. What fails does not keep the rest from it.
 *
 * @param now seconds since 1970
 */
export async function reconcile(
  stripe: Stripe,
  subscriptions: Pick<Subscriptions, 'all'>,
  sync: Sync,
  now: number,
): Promise<ReconcileReport> {
  const created = { gte: now - LOOK_BACK_SECONDS };
  const missed = stripe.events.list({ delivery_success: false, types: [...HANDLED_EVENTS], created, limit: 100 });
  const events = await each(
    missed,
    ({ id }) => id,
    (event) => sync.event(event),
  );
  const live = new Set<string>();
  const duplicates = new Set<string>();
  const compare = async (subscription: SubscriptionRecord) => {
    const { id, customerId } = subscription;
    if (isLive(subscription) && live.has(customerId)) duplicates.add(customerId);
    if (isLive(subscription)) live.add(customerId);
    return sync.refetch(id);
  };
  const seen = await each(subscriptions.all(), ({ id }) => id, compare);
  const ended = (outcome: Outcome) => seen.done.filter((done) => done.outcome === outcome).map(({ id }) => id);
  return {
    undelivered: events.done.length,
    seen: seen.done.length,
    repaired: ended('refetched'),
    duplicates: [...duplicates],
    unowned: ended('unowned').length,
    failed: [...events.failed, ...seen.failed],
  };
}

async function each<T>(items: AsyncIterable<T>, idOf: (item: T) => string, work: (item: T) => Promise<Outcome>) {
  const done: { id: string; outcome: Outcome }[] = [];
  const failed: Failure[] = [];
  for await (const item of items) {
    const id = idOf(item);
    try {
      done.push({ id, outcome: await work(item) });
    } catch (error) {
      failed.push({ id, error });
    }
  }
  return { done, failed };
}
