import Stripe from 'stripe';

/**
 * @param base where Stripe's API is, when not at Stripe: `http://127.0.0.1:12111` for the simulator
 */
export function connectStripe(secretKey: string, base?: string): Stripe {
  return new Stripe(secretKey, { telemetry: false, timeout: 8000, ...(base && addressOf(base)) });
}

function addressOf(base: string) {
  const { hostname, port, protocol } = new URL(base);
  return { host: hostname, port, protocol: protocol === 'http:' ? ('http' as const) : ('https' as const) };
}

/** The API version that this SDK's types describe, and so the one whose payloads we know. */
export const API_VERSION = Stripe.API_VERSION;

/** Stripe has no such object (any more). */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === 'resource_missing';
}
