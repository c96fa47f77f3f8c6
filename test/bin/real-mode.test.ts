import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { startLocal, type Local } from '../../bin/local/start.ts';
import { cliBinary, cliEnvironment } from '../../bin/local/stripe-cli.ts';
import { startStripeSimulator, type StripeSimulator } from '../../local/stripe/server.ts';
import { signIn } from '../e2e/person.ts';
import { payWith } from '../functions/world.ts';
import { sharedAssembly } from '../support/shared-build.ts';
import { createWitness } from '../local/stripe/truth/witness.ts';

const KEYS = { STRIPE_SECRET_KEY: 'sk_test_thesecretkey', STRIPE_PUBLISHABLE_KEY: 'pk_test_thepublishablekey' };
const PATIENCE = 120_000;

let folder: string;
let account: StripeSimulator;
let witness: Awaited<ReturnType<typeof createWitness>>;
let asked: string[];
let said: string[];
let local: Local | undefined;

/** An account at "Stripe", and `npm start` with its keys. */
beforeEach(async () => {
  [asked, said] = [[], []];
  folder = await mkdtemp(join(tmpdir(), 'real-mode-'));
  witness = await createWitness();
  account = await startStripeSimulator({ ...witness.watching, log: (line) => asked.push(line) });
});
afterEach(async () => {
  await local?.stop();
  local = undefined;
  await account.stop();
  witness.swear();
  await rm(folder, { recursive: true, force: true });
});

async function start(env: Record<string, string> = {}): Promise<Local> {
  const tell = (line: string) => said.push(line);
  const all = { ...KEYS, STRIPE_API_BASE: account.url, ...env };
  return startLocal({ port: 0, folder, assembly: await sharedAssembly(), env: all, progress: tell, log: tell });
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await condition()); await new Promise((resolve) => setTimeout(resolve, 20)))
    if (Date.now() > end) throw new Error(`never came true: ${String(condition)}\n${said.join('\n')}`);
}

/** What the webhook function logged of the events of a type. */
const outcomesOf = (type: string) =>
  said.flatMap((line) => (line.includes(`"type":"${type}"`) ? [/"outcome":"(\w+)"/.exec(line)?.[1]] : []));

const cliHomes = async () => (await readdir(tmpdir())).filter((name) => /^stripe-cli-\w{6}$/.test(name));

describe("npm start with Stripe's own keys", () => {
  it(
    'uses Stripe itself, hears of it through the official CLI, says so, and ends the CLI when it ends',
    async () => {
      const homesBefore = await cliHomes();
      local = await start();
      expect(local.stripe).toBe('stripe');
      expect(local.endpoints.stripe).toBe(account.url);
      expect(said).toContain('Running its template, with Stripe itself, in your sandbox');

      const ada = await signIn(local, 'ada@example.com');
      const { json: checkout } = await ada.post('/api/checkout', { plan: 'starter_monthly' });
      expect((await payWith(String(checkout['url']), '4242424242424242')).status).toBe(303);
      await until(async () => (await ada.get('/api/members')).status === 200);
      // Nobody asked the success page, and there is no endpoint: only the CLI can have brought it.
      expect(asked.filter((line) => line.includes('POST /v1/stripecli/sessions 200'))).toHaveLength(1);
      expect(asked.some((line) => line.includes('/v1/webhook_endpoints'))).toBe(false);

      const stripe = stripeOf(account);
      const [subscription] = (await stripe.subscriptions.list()).data;
      const after = subscription?.created ?? 0;
      await until(() => Date.now() / 1000 > after + 2);
      const fetches = () => asked.filter((line) => line.startsWith('GET /v1/subscriptions/')).length;
      await until(() => outcomesOf('checkout.session.completed').length === 1);
      const before = fetches();
      await stripe.subscriptions.update(subscription?.id ?? '', { metadata: { note: 'later' } });
      // A payload in the version that the functions know is written as it is: Stripe is not asked.
      await until(() => outcomesOf('customer.subscription.updated').length === 1);
      expect(outcomesOf('customer.subscription.updated')).toEqual(['saved']);
      expect(fetches()).toBe(before);

      await local.stop();
      local = undefined;
      await until(() => asked.some((line) => line.includes('hung up')));
      expect(await cliHomes()).toEqual(homesBefore);
      expect([...said, ...asked].join('\n')).not.toMatch(/thesecretkey|whsec_\w/);
    },
    PATIENCE,
  );

  it(
    'says what the CLI said when it cannot connect, without the key, and leaves nothing running',
    async () => {
      // Longer than any: the account does not know it.
      const refused = start({ STRIPE_SECRET_KEY: `sk_test_thesecretkey${'x'.repeat(200)}` });
      const message = await refused.then(String, (error: Error) => error.message);
      expect(message).toContain('The Stripe CLI ended. It said:');
      expect(message).toContain('401');
      expect(message + said.join('\n')).not.toContain('thesecretkey');
      expect(said.some((line) => line.includes('[stripe-cli]'))).toBe(true);
    },
    PATIENCE,
  );
});

describe('the official CLI', () => {
  it('is found where npm put it, and missed with the next step', () => {
    expect(cliBinary()).toContain('@stripe');
    expect(() => cliBinary('plan9-mips')).toThrow('The Stripe CLI for plan9-mips is not installed. Run `npm ci`');
  });

  it('gets its key by the environment, a home of its own, and sends no reports of its use', () => {
    const env = cliEnvironment('/its/home', 'sk_test_x');
    expect(env).toMatchObject({ HOME: '/its/home', STRIPE_API_KEY: 'sk_test_x', STRIPE_CLI_TELEMETRY_OPTOUT: 'true' });
    expect(Object.keys(env)).not.toContain('XDG_CONFIG_HOME');
  });
});

function stripeOf({ url }: StripeSimulator): Stripe {
  const { hostname: host, port } = new URL(url);
  return new Stripe(KEYS.STRIPE_SECRET_KEY, { host, port: Number(port), protocol: 'http', telemetry: false });
}
