import type Stripe from 'stripe';
import { idOf } from '../billing/subscription.ts';
import { isMissing } from './stripe.ts';

/** What became of a checkout. */
export interface CheckoutOutcome {
  readonly status: string | null;
  readonly paymentStatus: string;
  readonly subscriptionId: string | null;
}

/** The user's own checkout session; undefined when there is none of this id, or when it is somebody else's. */
export async function findCheckout(
  stripe: Stripe,
  sessionId: string,
  userId: string,
): Promise<CheckoutOutcome | undefined> {
  const session = await retrieve(stripe, sessionId);
  if (!session || session.client_reference_id !== userId) return undefined;
  const { status, payment_status: paymentStatus, subscription } = session;
  return { status, paymentStatus, subscriptionId: subscription && idOf(subscription) };
}

async function retrieve(stripe: Stripe, sessionId: string): Promise<Stripe.Checkout.Session | undefined> {
  try {
    return await stripe.checkout.sessions.retrieve(sessionId);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
