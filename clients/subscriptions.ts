import type Stripe from 'stripe';
import { userOf } from '../billing/metadata.ts';
import { asOfFetch } from '../billing/ordering.ts';
import { ownerOf, subscriptionRecord } from '../billing/subscription.ts';
import type { Fetched } from './records/subscriptions.ts';
import type { Users } from './records/users.ts';
import { orMissing } from './stripe-api.ts';

/** A subscription as Stripe has it now, when that was true, and whose it is, as far as Stripe's objects say so. */
export interface FetchedSubscription extends Fetched {
  readonly owner: string | undefined;
  /** Whose its customer is; undefined when that was deleted. */
  readonly customersOwner: string | undefined;
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
export type ListedSubscription = Omit<FetchedSubscription, 'asOf'>;

export function subscriptions(stripe: Stripe): Subscriptions {
  return {
    async fetch(subscriptionId) {
      const asked = performance.now();
      const subscription = await orMissing(stripe.subscriptions.retrieve(subscriptionId, { expand: ['customer'] }));
      if (!subscription) return undefined;
      const answeredAt = dateOf(subscription.lastResponse.headers);
      return {
        ...listed(subscription),
        asOf: asOfFetch(answeredAt, performance.now() - asked),
      };
    },

    async page(after, limit = 100) {
      const from = after === undefined ? {} : { starting_after: after };
      const page = await orMissing(
        stripe.subscriptions.list({ status: 'all', limit, expand: ['data.customer'], ...from }),
      );
      return page && { subscriptions: page.data.map(listed), more: page.has_more };
    },
  };
}

const listed = (subscription: Stripe.Subscription): ListedSubscription => ({
  record: subscriptionRecord(subscription),
  owner: ownerOf(subscription),
  customersOwner: ownerOfCustomer(subscription.customer),
});

const ownerOfCustomer = (customer: Stripe.Subscription['customer']): string | undefined =>
  typeof customer === 'string' || customer.deleted === true ? undefined : userOf(customer.metadata);

/**
 * Whose a subscription is: what it says itself, else whose customer the records say it has, else what the customer says.
 * The last finds the owner of one that was made for a customer who was not recorded yet.
 */
export async function whoseIs(
  users: Pick<Users, 'ownerOfCustomer'>,
  { owner, record, customersOwner }: ListedSubscription,
): Promise<string | undefined> {
  return owner ?? (await users.ownerOfCustomer(record.customerId)) ?? customersOwner;
}

/** The answer's `Date` header in whole seconds: Stripe's clock, the only one that is compared with its events. */
export function dateOf(headers: Record<string, unknown>): number {
  const date = Date.parse(String(headers['date']));
  if (Number.isNaN(date)) throw new Error("Stripe's answer carries no Date header, so it cannot be put in order.");
  return Math.floor(date / 1000);
}
