import type Stripe from 'stripe';
import { asOfFetch } from '../billing/ordering.ts';
import { ownerOf, subscriptionRecord } from '../billing/subscription.ts';
import type { Fetched } from './records/subscriptions.ts';
import { orMissing } from './stripe.ts';

/** A subscription as Stripe has it now, when that was true, and whose it says it is. */
export interface FetchedSubscription extends Fetched {
  readonly owner: string | undefined;
}

export interface Subscriptions {
  /** Undefined when Stripe has no such subscription (any more: a sandbox can be emptied). */
  fetch(subscriptionId: string): Promise<FetchedSubscription | undefined>;
  /**
   * The account's, ended ones too, newest first: a hundred of them by one call.
   *
   * @param after the last of the page before
   * @returns undefined when Stripe does not know `after` (any more)
   */
  page(after?: string, limit?: number): Promise<SubscriptionsPage | undefined>;
}

export interface SubscriptionsPage {
  readonly subscriptions: readonly ListedSubscription[];
  /** Whether there are more after these. */
  readonly more: boolean;
}

/** As a list shows it: to be compared, not to be written. */
export type ListedSubscription = Pick<FetchedSubscription, 'record' | 'owner'>;

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

    async page(after, limit = 100) {
      const from = after === undefined ? {} : { starting_after: after };
      const page = await orMissing(stripe.subscriptions.list({ status: 'all', limit, ...from }));
      return page && { subscriptions: page.data.map(listed), more: page.has_more };
    },
  };
}

const listed = (subscription: Stripe.Subscription): ListedSubscription => ({
  record: subscriptionRecord(subscription),
  owner: ownerOf(subscription),
});

/** The answer's `Date` header in whole seconds: Stripe's clock, the only one that is compared with its events. */
export function dateOf(headers: Record<string, unknown>): number {
  const date = Date.parse(String(headers['date']));
  if (Number.isNaN(date)) throw new Error("Stripe's answer carries no Date header, so it cannot be put in order.");
  return Math.floor(date / 1000);
}
