import type Stripe from 'stripe';
import { HANDLED_EVENTS } from '../billing/events.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Sync } from './sync.ts';

export interface ReconcileReport {
  /** Events that Stripe could not deliver, applied now. */
  readonly undelivered: number;
  /** Subscriptions at Stripe, ended ones too. */
  readonly seen: number;
  /** Those whose record differed and was written anew. */
  readonly repaired: readonly string[];
  /** Those that belong to none of our users. */
  readonly unowned: number;
}

/** Stripe keeps events for 30 days; those it gave up on are at most this old when the schedule has not slept. */
const LOOK_BACK_SECONDS = 4 * 86_400;

/**
 * First the events that were not delivered, then every subscription of the account against its record, repaired by the
 * same rule as an event. One at a time: well under Stripe's rate limits.
 *
 * @param now seconds since 1970
 */
export async function reconcile(
  stripe: Stripe,
  subscriptions: Subscriptions,
  sync: Sync,
  now: number,
): Promise<ReconcileReport> {
  let undelivered = 0;
  const missed = { delivery_success: false, types: [...HANDLED_EVENTS], created: { gte: now - LOOK_BACK_SECONDS } };
  for await (const event of stripe.events.list({ ...missed, limit: 100 })) {
    await sync.event(event);
    undelivered += 1;
  }

  let seen = 0;
  let unowned = 0;
  const repaired: string[] = [];
  for await (const id of subscriptions.ids()) {
    const outcome = await sync.refetch(id);
    seen += 1;
    if (outcome === 'unowned') unowned += 1;
    if (outcome === 'refetched') repaired.push(id);
  }
  return { undelivered, seen, repaired, unowned };
}
