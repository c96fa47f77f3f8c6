import Stripe from 'stripe';
import { dateOf } from '../../clients/subscriptions.ts';

/** Stripe's clock, told by the `Date` of any answer, a refusal too. Seconds since 1970. */
export async function stripeTime(stripe: Stripe): Promise<number> {
  try {
    return dateOf((await stripe.events.list({ limit: 1 })).lastResponse.headers);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && error.headers?.['date']) return dateOf(error.headers);
    throw error;
  }
}
