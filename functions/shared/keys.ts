import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type Stripe from 'stripe';
import { cached } from '../../clients/cached.ts';
import { KEYS_KEPT_MS, readKeys, type Keys } from '../../clients/secrets.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { setting } from './env.ts';
import { describe, log } from './log.ts';

/** Strangers' junk may cause a call to Secrets Manager only so often. */
const ANEW_MS = 60_000;

const secret = new SecretsManagerClient({});
const secretId = setting('SECRET_ID');

export const keys = cached(
  () => readKeys(secret, secretId),
  KEYS_KEPT_MS,
  (error) => log.warn('The secret could not be read again; going on with the keys known.', { cause: describe(error) }),
);

/** Keys that were read within the last minute, for when those in use will not do. */
export const keysAnew = (): Promise<Keys> => keys.get(ANEW_MS);

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
