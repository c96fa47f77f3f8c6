import { randomBytes } from 'node:crypto';
import type Stripe from 'stripe';
import { connectStripe } from '../../clients/stripe.ts';
import { startStripeSimulator, type StripeSimulatorOptions } from '../../local/stripe/server.ts';
import { stripeKeysFrom, type StripeKeys } from '../setup/credentials.ts';
import { cliBinary, listenWithCli } from './stripe-cli.ts';

/** Stripe as the local cloud sees it: the simulator, or Stripe itself in a sandbox. */
export interface StripeSide {
  readonly kind: 'simulator' | 'stripe';
  readonly description: string;
  readonly url: string;
  readonly keys: StripeKeys;
  /** What the functions need to find it. */
  readonly environment: Record<string, string>;
  /** Addresses of Stripe's that a template names, and where they are here: for the page's Stripe.js, and for its policy. */
  readonly addresses: Readonly<Record<string, string>>;
  /** By how many seconds its clock is ahead of the machine's, in shared memory; Stripe's own is not. */
  readonly clockAhead?: Int32Array;
  /** All that the simulator knows, for its next life; Stripe itself remembers. */
  readonly snapshot?: () => string;
  /** Has webhooks delivered to this API, which was at `before` in an earlier life; how they are to be set up and verified. */
  deliverTo(api: string, before?: string): Promise<{ url: string } | { secret: string }>;
  stop(): Promise<void>;
}

/** Stripe itself when its keys are set, else the simulator. */
export async function startStripe(
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
  life: SimulatorLife = {},
): Promise<StripeSide> {
  return isSimulated(env) ? simulator(log, life) : realStripe(env, log);
}

export const isSimulated = (env: NodeJS.ProcessEnv): boolean => !env['STRIPE_SECRET_KEY'];

/** For tests that hold what the simulator says against Stripe's own types. */
export type StripeWatch = Pick<StripeSimulatorOptions, 'onExchange' | 'onEvent'>;

type SimulatorLife = Pick<StripeSimulatorOptions, 'snapshot' | 'onChange'> & StripeWatch;

async function simulator(log: (line: string) => void, life: SimulatorLife): Promise<StripeSide> {
  const server = await startStripeSimulator({ ...life, log: (line) => log(`[stripe] ${line}`) });
  const name = randomBytes(12).toString('hex');
  return {
    kind: 'simulator',
    description: 'a simulator of Stripe: no money moves',
    url: server.url,
    keys: { secretKey: `sk_test_${name}`, publishableKey: `pk_test_${name}` },
    environment: { STRIPE_API_BASE: server.url },
    addresses: { 'https://js.stripe.com': server.url, 'https://api.stripe.com': server.url },
    clockAhead: server.clockAhead,
    snapshot: () => server.snapshot(),
    deliverTo: async (api, before = api) => {
      await moveEndpoints(connectStripe(`sk_test_${name}`, server.url), `${before}/webhook`, `${api}/webhook`);
      return { url: `${api}/webhook` };
    },
    stop: () => server.stop(),
  };
}

/** As an operator would whose API has a new address: the endpoints, their secrets and what they wait for stay what they are. */
async function moveEndpoints(stripe: Stripe, from: string, to: string): Promise<void> {
  for await (const { id, url } of stripe.webhookEndpoints.list({ limit: 100 }))
    if (url === from && from !== to) await stripe.webhookEndpoints.update(id, { url: to });
}

/** Never with live keys: what runs on this machine is for trying out. */
function realStripe(env: NodeJS.ProcessEnv, log: (line: string) => void): StripeSide {
  const keys = stripeKeysFrom(env);
  if (!keys.secretKey.includes('_test_'))
    throw new Error(
      'npm start takes the keys of a sandbox only (sk_test_..., pk_test_...): unset STRIPE_SECRET_KEY, or use test keys.',
    );
  // Said now, and not when all else has been started.
  cliBinary();
  const base = env['STRIPE_API_BASE'];
  let listener: { secret: string; stop(): Promise<void> } | undefined;
  return {
    kind: 'stripe',
    description: 'Stripe itself, in your sandbox',
    url: base ?? 'https://api.stripe.com',
    keys,
    environment: base ? { STRIPE_API_BASE: base } : {},
    addresses: {},
    async deliverTo(api) {
      listener = await listenWithCli({ secretKey: keys.secretKey, forwardTo: `${api}/webhook`, base, log });
      return { secret: listener.secret };
    },
    stop: async () => listener?.stop(),
  };
}
