import Stripe from 'stripe';

/** Two tries of this many milliseconds fit into the ten seconds that API Gateway's callers are given. */
const TIMEOUT_MS = 4000;

/**
 * @param base where Stripe's API is, when not at Stripe: `http://127.0.0.1:12111` for the simulator
 */
export function connectStripe(secretKey: string, base?: string): Stripe {
  return new Stripe(secretKey, {
    telemetry: false,
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 1,
    ...(base && addressOf(base)),
  });
}

function addressOf(base: string) {
  const { hostname, port, protocol } = new URL(base);
  return { host: hostname, port, protocol: protocol === 'http:' ? ('http' as const) : ('https' as const) };
}

/** The API version that this SDK's types describe, and so the one whose payloads we know. */
export const API_VERSION = Stripe.API_VERSION;

/** The answer; undefined when Stripe has no such object (any more). */
export async function orMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Stripe has no such object: what was asked for, or the one that this parameter named. */
export function isMissing(error: unknown, param?: string): boolean {
  if (!(error instanceof Stripe.errors.StripeError) || error.code !== 'resource_missing') return false;
  return param === undefined || error.param === param;
}

/** Stripe understood, and will not do it: asking the same again would not help. */
export function isRefused(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError;
}
