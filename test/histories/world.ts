import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import plansFile from '../../plans.json' with { type: 'json' };
import { parsePlans } from '../../billing/plans.ts';
import { setup } from '../../bin/setup/setup.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { secretStore } from '../../local/secrets/store.ts';
import { startSecrets } from '../../local/secrets/server.ts';
import { startStripeSimulator, type StripeSimulator } from '../../local/stripe/server.ts';
import { startBus } from '../support/bus.ts';
import { startTable } from '../support/dynamo.ts';
import { httpEvent } from '../support/http-event.ts';
import { MEMBERS_KEY, membersKeyPair } from '../support/members-key.ts';
import { takeOverChance } from './chance.ts';
import { emptyTable } from './empty.ts';
import { openEndpoint } from './endpoint.ts';
import { importFunctions } from './functions.ts';
import { startIdentity } from './identity.ts';
import { createInvocations } from './invocations.ts';
import { memoryNetwork } from './network.ts';
import { takeOverTime } from './time.ts';
import { createWire } from './wire.ts';

/** Where everything stands on the loopback that is none. */
const PORT = { dynamo: 8000, identity: 8001, webhook: 8002, stripe: 12111 };
const at = (port: number) => `http://127.0.0.1:${port}`;

const KEYS = { secretKey: 'sk_test_histories', publishableKey: 'pk_test_histories' };
const SITE = 'https://site.example';
export const GRACE_DAYS = 7;

/** Later than any history ends: what the functions read then, they keep for good, so that each history begins alike. */
const FAR_FUTURE = Date.UTC(2999, 0);
/** The account was set up before the first history begins. */
const SET_UP = Date.UTC(2026, 0);

/** Takes over this process, and puts into it all that the functions live among. One a process, for all its histories. */
export async function createWorld(bundle: string) {
  const invocations = createInvocations();
  const time = takeOverTime((run) => invocations.bind(run));
  const reseed = takeOverChance();
  const wire = createWire(invocations);
  memoryNetwork((wanted, port, direct) => wire.carry(wanted, port, direct));
  startIdentity(PORT.identity);

  const secrets = secretStore();
  secrets.create('stripe', 'stripe');
  const membersKey = secrets.create(MEMBERS_KEY.MEMBERS_KEY_SECRET_ID, MEMBERS_KEY.MEMBERS_KEY_SECRET_ID);
  secrets.put(membersKey, membersKeyPair().privateKey);
  const { url: secretsUrl } = await startSecrets(secrets, async () => undefined);
  const bus = await startBus();
  Object.assign(process.env, environment(secretsUrl, bus.url));

  const clock = { now: () => Math.floor(time.now() / 1000) };
  const startSimulator = (snapshot?: string): Promise<StripeSimulator> =>
    startStripeSimulator({ port: PORT.stripe, clock, snapshot });
  const stripe = connectStripe(KEYS.secretKey, at(PORT.stripe));

  time.restart(SET_UP);
  let simulator = await startSimulator();
  await setup({
    stripe,
    stripeKeys: KEYS,
    plans: parsePlans(plansFile),
    siteUrl: SITE,
    webhook: { url: `${at(PORT.webhook)}/webhook` },
    secrets: new SecretsManagerClient({}),
    secretId: 'stripe',
    report: () => {},
  });
  const account = simulator.snapshot();

  const table = await startTable(PORT.dynamo);
  time.pass(1); // a table takes a moment until it may be used
  process.env['TABLE_NAME'] = table.name;
  const functions = await importFunctions(bundle);
  time.restart(FAR_FUTURE);
  await functions.config(httpEvent('GET', { path: '/api/config' }));
  openEndpoint(PORT.webhook, invocations, functions.webhook);

  return {
    time,
    wire,
    invocations,
    functions,
    stripe,
    /** The simulator's address. */
    simulator: at(PORT.stripe),
    table,
    /** Another history: an account and a table in which nothing has happened yet. @param start in milliseconds */
    async restart(start: number, seed: number): Promise<void> {
      invocations.restart();
      await simulator.stop();
      time.restart(start);
      reseed(seed);
      simulator = await startSimulator(account);
      await emptyTable(table);
      bus.told.splice(0);
    },
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;

function environment(secretsUrl: string, busUrl: string) {
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: at(PORT.dynamo),
    AWS_ENDPOINT_URL_EVENTBRIDGE: busUrl,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsUrl,
    STRIPE_API_BASE: at(PORT.stripe),
    SECRET_ID: 'stripe',
    SITE_URL: SITE,
    OIDC_ISSUER: at(PORT.identity),
    OIDC_CLIENT_ID: 'client',
    GRACE_DAYS: String(GRACE_DAYS),
    DISPUTES: 'keep',
    ACCESS_CHANGES_BUS: 'changes',
    ...MEMBERS_KEY,
  };
}
