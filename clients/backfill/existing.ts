import type Stripe from 'stripe';
import { userOf } from '../../billing/metadata.ts';
import { idOf, isLive, ownerOf, subscriptionRecord, type SubscriptionRecord } from '../../billing/subscription.ts';
import type { Pace } from '../pace.ts';

/** A subscription of the account, with what it and its customer say of themselves. */
export interface ExistingSubscription {
  readonly record: SubscriptionRecord;
  readonly live: boolean;
  /** The user that it names. */
  readonly names: string | undefined;
  readonly customer: ExistingCustomer;
}

interface ExistingCustomer {
  readonly id: string;
  /** Deleted at Stripe, and its subscriptions ended with it. */
  readonly deleted: boolean;
  /** The user that it names. */
  readonly names: string | undefined;
  readonly metadata: Stripe.Metadata;
}

/** All of the account's, newest first, with their customers: a hundred by one call. */
export async function* existingSubscriptions(stripe: Stripe, pace: Pace): AsyncGenerator<ExistingSubscription> {
  const wanted = { status: 'all' as const, limit: 100, expand: ['data.customer'] };
  let after: string | undefined;
  do {
    const from = after === undefined ? {} : { starting_after: after };
    const page = await pace(() => stripe.subscriptions.list({ ...wanted, ...from }));
    for (const subscription of page.data) yield existing(subscription);
    after = page.has_more ? page.data.at(-1)?.id : undefined;
  } while (after !== undefined);
}

function existing(subscription: Stripe.Subscription): ExistingSubscription {
  const { customer } = subscription;
  const record = subscriptionRecord(subscription);
  const deleted = typeof customer !== 'string' && customer.deleted === true;
  const metadata = typeof customer === 'string' || customer.deleted ? {} : customer.metadata;
  return {
    record,
    live: isLive(record),
    names: ownerOf(subscription),
    customer: { id: idOf(customer), deleted, names: userOf(metadata), metadata },
  };
}
