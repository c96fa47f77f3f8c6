import type Stripe from 'stripe';
import { asOfFetch } from '../billing/ordering.ts';
import { ownerOf, subscriptionRecord, type SubscriptionRecord } from '../billing/subscription.ts';
import type { Fetched } from './records/subscriptions.ts';
import { orMissing } from './stripe.ts';

/** A subscription as Stripe has it now, when that was true, and whose it says it is. */
export interface FetchedSubscription extends Fetched {
  readonly owner: string | undefined;
}

export interface Subscriptions {
  /** Undefined when Stripe has no such subscription (any more: a sandbox can be emptied). */
  fetch(subscriptionId: string): Promise<FetchedSubscription | undefined>;
  /** All of an account's, ended ones too, page by page. Only to find them: each is fetched on its own to be written. */
  all(): AsyncIterable<SubscriptionRecord>;
}

export function subscriptions(stripe: Stripe): Subscriptions {
  return {
    async fetch(subscriptionId) {
      const asked = performance.now();
      const subscription = await orMissing(stripe.subscriptions.retrieve(subscriptionId));
      if (!subscription) return undefined;
      const answeredAt = dateOf(subscription.lastResponse.headers);
      return {
        record: subscriptionRecord(subscription),
        asOf: asOfFetch(answeredAt, performance.now() - asked),
        owner: ownerOf(subscription),
      };
    },

    async *all() {
      for await (const subscription of stripe.subscriptions.list({ status: 'all', limit: 100 }))
        yield subscriptionRecord(subscription);
    },
  };
}

/** The answer's `Date` header in whole seconds: Stripe's clock, the only one that is compared with its events. */
function dateOf(headers: Record<string, unknown>): number {
  const date = Date.parse(String(headers['date']));
  if (Number.isNaN(date)) throw new Error("Stripe's answer carries no Date header, so it cannot be put in order.");
  return Math.floor(date / 1000);
}
