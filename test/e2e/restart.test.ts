import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { AssetStaging } from 'aws-cdk-lib';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Local } from '../../bin/local/start.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { payWith } from '../functions/world.ts';
import { advance, sim } from '../local/stripe/sim.ts';
import { startWatched } from './local-cloud.ts';
import { signIn, type Person } from './person.ts';

const DAY = 24 * 60 * 60;
const PATIENCE = 120_000;

let folder: string;
let local: Local | undefined;
const said: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-cloud-'));
});
afterEach(async () => {
  await local?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(empty = false): Promise<Local> {
  await local?.stop();
  local = undefined;
  // The CDK thinks that what this process staged once is still there; a new process would not.
  AssetStaging.clearAssetHashCache();
  const progress = (line: string): void => void said.push(line);
  local = await startWatched({ port: 0, folder, empty, env: {}, progress, log: () => {} });
  return local;
}

async function subscribe(person: Person): Promise<void> {
  const { json } = await person.post('/api/checkout', { plan: 'starter_monthly' });
  const url = String(json['url']);
  await payWith(url, '4242424242424242');
  await person.get(`/api/checkout/${/cs_test_\w+/.exec(url)?.[0]}`);
}

const reasonFor = async (person: Person) =>
  ((await person.get('/api/subscription')).json['access'] as { reason: string }).reason;

it(
  'a restart goes on where the last run ended, until somebody begins anew',
  async () => {
    const first = await start();
    await subscribe(await signIn(first, 'ada@example.com'));
    await advance({ url: first.endpoints.stripe }, 40 * DAY);

    const second = await start();
    const ada = await signIn(second, 'ada@example.com');
    expect(await reasonFor(ada)).toBe('active');
    expect((await sim({ url: second.endpoints.stripe }, 'GET /clock')).body.ahead).toBe(40 * DAY);
    const stripe = connectStripe('sk_test_operator', second.endpoints.stripe);
    const endpoints = (await stripe.webhookEndpoints.list()).data;
    expect(endpoints.map(({ url }) => url)).toEqual([`${second.endpoints.api}/webhook`]);

    // Stripe and the records still agree, by webhook.
    const [subscription] = (await stripe.subscriptions.list()).data;
    await stripe.subscriptions.cancel(subscription?.id ?? '');
    await advance({ url: second.endpoints.stripe }, 1);
    expect(await reasonFor(ada)).toBe('canceled');

    const third = await start(true);
    expect(await reasonFor(await signIn(third, 'ada@example.com'))).toBe('no_subscription');
    const anew = connectStripe('sk_test_operator', third.endpoints.stripe);
    expect((await anew.customers.list()).data).toEqual([]);
  },
  PATIENCE,
);

it(
  'what was kept is for its owner only; what cannot be read is put aside, and said',
  async () => {
    const file = join(folder, 'state.json');
    await start();
    await local?.stop();
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    await writeFile(file, '{"stripe":');
    await start();
    expect(said.join('\n')).toContain('starting empty');
    expect(await readFile(`${file}.old`, 'utf8')).toBe('{"stripe":');
  },
  PATIENCE,
);
