import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { jest } from '@jest/globals';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';
import plansFile from '../../../plans.json' with { type: 'json' };
import { parsePlans } from '../../../billing/plans.ts';
import { rotateWebhook, type Rotated } from '../../../bin/rotate/webhook.ts';
import { setup } from '../../../bin/setup/setup.ts';
import { cached } from '../../../clients/cached.ts';
import { KEYS_KEPT_MS, readKeys, writeKeys } from '../../../clients/secrets.ts';
import { connectStripe } from '../../../clients/stripe.ts';
import { signedEvent } from '../../../clients/webhook.ts';
import { startStripeSimulator, type StripeSimulator } from '../../../local/stripe/server.ts';
import { sim } from '../../local/stripe/sim.ts';
import { createWitness } from '../../local/stripe/truth/witness.ts';
import { memorySecret } from '../../support/secret.ts';
import { createFuse, fused, type Blow } from './fuse.ts';

const STRIPE_KEYS = { secretKey: 'sk_test_rotate', publishableKey: 'pk_test_rotate' };
const ANEW_MS = 60_000;
const STRIPE_CALLS = ['create', 'update', 'del', 'retrieve', 'list'].map((name) => `webhookEndpoints.${name}`);

/** Only the date, so that days can pass while servers go on. */
export function fakeDate(): void {
  const kept = ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const;
  const timers = ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const;
  jest.useFakeTimers({ doNotFake: [...kept, ...timers], now: Date.UTC(2027, 0, 31, 12) });
}

/** Stripe with a stack that was set up, from which each history begins, and its functions. */
export async function startRotationWorld() {
  const witness = await createWitness('all');
  const secret = memorySecret();
  const secrets = new SecretsManagerClient({ region: 'us-east-1' });
  const functions = await startFunctions(secrets);
  const setUp = async (stripe: Stripe): Promise<void> => {
    const to = { siteUrl: 'https://site.example', webhook: { url: functions.url }, secretId: 'secret' };
    await setup({ stripe, stripeKeys: STRIPE_KEYS, plans: parsePlans(plansFile), secrets, report: () => {}, ...to });
  };
  const first = await startStripeSimulator(witness.watching);
  await setUp(connectStripe(STRIPE_KEYS.secretKey, first.url));
  const snapshot = first.snapshot();
  await first.stop();
  const keys = await readKeys(secrets, 'secret');

  return {
    /** Another history, of which nothing has happened yet. */
    async begin() {
      const simulator = await startStripeSimulator({ ...witness.watching, snapshot });
      await sim(simulator, 'POST /delivery', { mode: 'hold' });
      await writeKeys(secrets, 'secret', keys);
      functions.forget();
      return beginHistory({ simulator, secrets, functions, setUp });
    },
    async stop(): Promise<void> {
      secret.restore();
      await functions.stop();
      witness.swear();
    },
  };
}

export type RotationHistory = Awaited<ReturnType<typeof beginHistory>>;

interface HistoryParts {
  readonly simulator: StripeSimulator;
  readonly secrets: SecretsManagerClient;
  readonly functions: Awaited<ReturnType<typeof startFunctions>>;
  readonly setUp: (stripe: Stripe) => Promise<void>;
}

async function beginHistory({ simulator, secrets, functions, setUp }: HistoryParts) {
  const stripe = connectStripe(STRIPE_KEYS.secretKey, simulator.url);
  const { id: customer } = await stripe.customers.create();
  const events: string[] = [];
  return {
    stripe,
    setUp: () => setUp(stripe),
    /** Ids of the events that happened, and of those that were taken or applied. */
    events,
    taken: functions.taken,
    /** Refusals that nothing excuses: the secret that signed was not kept. */
    unknown: functions.unknown,
    keys: () => readKeys(secrets, 'secret'),
    pass: (seconds: number): void => {
      jest.setSystemTime(Date.now() + seconds * 1000);
    },

    async happen(): Promise<void> {
      await stripe.customers.update(customer, { metadata: { changed: String(events.length) } });
      const { data } = await stripe.events.list({ type: 'customer.updated', limit: 1 });
      if (data[0]) events.push(data[0].id);
    },

    /** Brings one of the held webhooks to one of the functions. */
    async deliver(which: number, instance: number): Promise<void> {
      const { deliveries } = (await sim(simulator, 'GET /deliveries')).body;
      if (deliveries.length === 0) return;
      functions.choose(instance);
      await sim(simulator, `POST /deliveries/${deliveries[which % deliveries.length].id}`);
    },

    /** Lets all of them go. @returns how many nobody took */
    async release(): Promise<number> {
      await sim(simulator, 'POST /delivery', { mode: 'normal' });
      const { deliveries } = (await sim(simulator, 'GET /deliveries?all=true')).body;
      return deliveries.filter(({ state }: { state: string }) => state !== 'delivered').length;
    },

    /** What the operator types. @throws PowerCut */
    rotate(blow: Blow | undefined, atOnce = false): Promise<Rotated> {
      const fuse = createFuse(blow);
      return rotateWebhook({
        stripe: fused(stripe, [...STRIPE_CALLS, 'events.list'], fuse),
        secrets: fused(secrets, ['send'], fuse),
        secretId: 'secret',
        url: functions.url,
        sync: { event: async ({ id }) => (functions.taken.add(id), 'ignored') },
        pace: (call) => call(),
        finish: false,
        atOnce,
      });
    },

    end: () => simulator.stop(),
  };
}

/** The webhook in two execution environments, each with keys of its own that it reads when the function would. */
async function startFunctions(secrets: SecretsManagerClient) {
  const environment = () =>
    cached(
      () => readKeys(secrets, 'secret'),
      KEYS_KEPT_MS,
      () => {},
      () => Date.now(),
    );
  let environments = [environment(), environment()];
  const taken = new Set<string>();
  const unknown: string[] = [];
  let chosen = 0;

  async function statusFor(request: IncomingMessage): Promise<number> {
    const posted = { body: await bodyOf(request), signature: String(request.headers['stripe-signature']) };
    const keys = environments[chosen];
    if (!keys) return 500;
    const secretsOfNow = async () => (await keys.get(ANEW_MS)).webhookSecrets;
    try {
      taken.add((await signedEvent(posted, (await keys.get()).webhookSecrets, secretsOfNow)).id);
      return 200;
    } catch {
      const { webhookSecrets } = await readKeys(secrets, 'secret');
      await signedEvent(posted, webhookSecrets, async () => []).catch(() => unknown.push(posted.body));
      return 400;
    }
  }

  const server = createServer((request, response) => {
    void statusFor(request).then((status) => response.writeHead(status).end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    taken,
    unknown,
    choose: (which: number) => void (chosen = which),
    forget: () => {
      environments = [environment(), environment()];
      taken.clear();
      unknown.length = 0;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
