import type { Disputes } from '../../clients/disputes.ts';
import { API_VERSION } from '../../clients/stripe-api.ts';
import { subscriptionSync, type Sync } from '../../clients/sync.ts';
import type { DisputePolicy } from './disputes.ts';
import { conflicted, records, user } from './records.ts';

/** What asks Stripe, with the keys of now. */
const asked = async () => (await (await import('./sync.ts')).connect()).asked;

/**
 * The ordering rule for one who hears of events. Most are applied from their payload: Stripe's client, half of what the function
 * has, is loaded with the first event that asks it.
 */
export function eventSync(policy: DisputePolicy): Sync {
  const disputes: Disputes = {
    subscriptionPaidBy: async (id) => (await asked()).disputes.subscriptionPaidBy(id),
    end: async (id) => (await asked()).disputes.end(id),
  };
  return subscriptionSync({
    records,
    users: user,
    stripe: { fetch: async (id) => (await asked()).stripe.fetch(id) },
    cards: { adopt: async (id) => (await asked()).cards.adopt(id) },
    defaults: { follow: async (id) => (await asked()).defaults.follow(id) },
    charges: { settle: async (id) => (await asked()).charges.settle(id) },
    disputes: policy === 'cancel' ? disputes : undefined,
    apiVersion: API_VERSION,
    conflicted,
  });
}
