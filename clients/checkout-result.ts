import type Stripe from 'stripe';
import { userOf } from '../billing/metadata.ts';
import { idOf } from '../billing/subscription.ts';
import { orMissing } from './stripe-api.ts';

/** What became of a checkout. */
export interface CheckoutOutcome {
  /** `subscription`, or `setup` for one that only kept a card. */
  readonly mode: string;
  readonly status: string | null;
  readonly paymentStatus: string;
  readonly subscriptionId: string | null;
  readonly customerId: string | null;
}

/**
 * The user's own checkout session; undefined when there is none of this id, or when it is somebody else's. Whose it is, our mark
 * says: `client_reference_id` does not, because whoever opens a payment link of the same account may choose it.
 */
export async function findCheckout(
  stripe: Stripe,
  sessionId: string,
  userId: string,
): Promise<CheckoutOutcome | undefined> {
  const session = await orMissing(stripe.checkout.sessions.retrieve(sessionId));
  if (!session || userOf(session.metadata) !== userId) return undefined;
  const { mode, status, payment_status: paymentStatus, subscription, customer } = session;
  const subscriptionId = subscription && idOf(subscription);
  return { mode, status, paymentStatus, subscriptionId, customerId: customer && idOf(customer) };
}
