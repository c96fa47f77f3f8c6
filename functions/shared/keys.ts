import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type Stripe from 'stripe';
import { cached } from '../../clients/cached.ts';
import { readKeys, type Keys } from '../../clients/secrets.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { setting } from './env.ts';
import { describe, log } from './log.ts';

/** How long keys are used before the secret is read again: a rotated key is taken up within this time. */
const KEEP_MS = 5 * 60_000;

const secret = new SecretsManagerClient({});
const secretId = setting('SECRET_ID');

export const keys = cached(
  () => readKeys(secret, secretId),
  KEEP_MS,
  (error) => log.warn('The secret could not be read again; going on with the keys known.', { cause: describe(error) }),
);

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
