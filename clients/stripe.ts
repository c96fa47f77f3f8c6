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
