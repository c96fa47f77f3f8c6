import type { RememberedCheckout } from './checkout.ts';
import type { AsOf } from './ordering.ts';
import type { SubscriptionRecord } from './subscription.ts';

/** The one Stripe customer of a user. */
export interface CustomerRecord {
  readonly customerId: string;
  /** As the identity provider verified it when the customer was made; null when it did not. */
  readonly email: string | null;
  readonly checkout: RememberedCheckout | null;
  /** Grows with each write. */
  readonly version: number;
}

/** A subscription as last known, and when that was true. */
export interface StoredSubscription {
  readonly record: SubscriptionRecord;
  readonly asOf: AsOf;
  /** Grows with each write; what a fetch must find unchanged to be written. */
  readonly version: number;
}

/** Everything about a user: what one query answers. */
export interface UserRecords {
  readonly customer: CustomerRecord | undefined;
  readonly subscriptions: readonly StoredSubscription[];
}
