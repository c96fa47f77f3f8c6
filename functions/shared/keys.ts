import type Stripe from 'stripe';
import type { Keys } from '../../clients/secrets.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { keys } from './secret.ts';

let connection: { secretKey: string; stripe: Stripe } | undefined;

/** Stripe with the keys of now. One client a key, so that its connections are used again. */
export async function stripeAndKeys(): Promise<{ stripe: Stripe; keys: Keys }> {
  const now = await keys.get();
  if (connection?.secretKey !== now.secretKey) {
    const stripe = connectStripe(now.secretKey, process.env['STRIPE_API_BASE']);
    connection = { secretKey: now.secretKey, stripe };
  }
  return { stripe: connection.stripe, keys: now };
}
