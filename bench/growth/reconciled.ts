import Stripe from 'stripe';
import { decideAccess } from '../../billing/access.ts';
import { unannounced } from '../../clients/access-changes/unannounced.ts';
import { reconcile, type Ending } from '../../clients/reconcile/reconcile.ts';
import type { ReconcileParts } from '../../clients/reconcile/context.ts';
import { API_VERSION } from '../../clients/stripe-api.ts';
import type { ListedSubscription } from '../../clients/subscriptions.ts';
import prices from '../prices.json' with { type: 'json' };
import { numberOf, recordOf, subscriptionIdOf, userOf } from './items.ts';
import { simulatedTable, type Asked } from './table.ts';

export interface Reconciled {
  readonly stripeCalls: number;
  readonly asked: Asked;
  /** Of this machine's processor. */
  readonly cpuMs: number;
  /** How often Lambda's longest time was needed, six hours apart. */
  readonly invocations: number;
  readonly ended: Ending['ended'];
}

/** Milliseconds after which a run stops: Lambda's fifteen minutes, less the margin of functions/reconcile.ts. */
const LONGEST = 840_000;
const SIX_HOURS = 6 * 3600;
const START = 1_800_000_000;
/** A run that is a day old, four invocations, is begun anew: it would not end. */
const MOST_INVOCATIONS = 8;

/**
 * The reconcile that is shipped, over an account and a table that are simulated and equal. Time is simulated too: a call of Stripe's
 * takes what bench/prices.json assumes, and the processor's time is measured.
 */
export async function reconciled(subscribers: number): Promise<Reconciled> {
  const asked: Asked = { calls: 0, read: 0, write: 0 };
  const table = simulatedTable(subscribers, asked);
  let stripeCalls = 0;
  let invocations = 0;
  const spent = process.cpuUsage();
  for (;;) {
    const callsBefore = stripeCalls;
    const { ended } = await reconcile({
      ...parts(subscribers, table, START + invocations * SIX_HOURS),
      pace: (call) => {
        stripeCalls += 1;
        return call();
      },
      stop: () => (stripeCalls - callsBefore) * prices.assumed.stripeMs.value > LONGEST,
    });
    invocations += 1;
    if (ended === 'stopped' && invocations < MOST_INVOCATIONS) continue;
    const { user, system } = process.cpuUsage(spent);
    return { stripeCalls, asked, cpuMs: (user + system) / 1000, invocations, ended };
  }
}

function parts(subscribers: number, table: ReconcileParts['table'], now: number): Omit<ReconcileParts, 'pace'> {
  const rule = {
    decide: (records: Parameters<typeof decideAccess>[0], at: number) => decideAccess(records, at, { graceDays: 7 }),
    now: () => now,
  };
  return {
    stripe: withoutEvents(),
    subscriptions: {
      // Newest first.
      page: async (after, limit = 100) => {
        const from = (after === undefined ? subscribers : numberOf(after)) - 1;
        const size = Math.min(limit, from + 1);
        return { subscriptions: Array.from({ length: size }, (_, n) => listed(from - n)), more: from >= size };
      },
      fetch: async (id) => ({ ...listed(numberOf(id)), asOf: { from: now, to: now } }),
    },
    table,
    records: { read: unequal },
    users: { ownerOfCustomer: unequal },
    sync: { event: unequal, refetch: unequal },
    apiVersion: API_VERSION,
    now,
    access: { unannounced: (items, from) => unannounced(items, from, rule), announce: unequal },
  };
}

const listed = (n: number): ListedSubscription => ({
  record: recordOf(n),
  owner: userOf(n),
  customersOwner: userOf(n),
});

/** All are equal: nothing is repaired, and nothing is left to announce. */
const unequal = (): Promise<never> => Promise.reject(new Error(`${subscriptionIdOf(0)} and the others are not equal.`));

/** All events were delivered. */
function withoutEvents(): Stripe {
  return new Stripe('sk_test_bench', { httpClient: Stripe.createFetchHttpClient(emptyList), telemetry: false });
}

const emptyList = async (): Promise<Response> =>
  Response.json({ object: 'list', data: [], has_more: false, url: '/v1/events' });
