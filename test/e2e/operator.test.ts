import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decodeJwt } from 'jose';
import type Stripe from 'stripe';
import type { Local } from '../../bin/local/start.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { sim } from '../local/stripe/sim.ts';
import { payWith } from '../functions/world.ts';
import { PATIENCE, startWatched } from './local-cloud.ts';
import { signIn } from './person.ts';

const SCRIPT = join(import.meta.dirname, '../../bin/operator.ts');
/** By its address, because the folder that it is started in has no node_modules. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

let folder: string;
let local: Local;
let stripe: Stripe;
let ada: string;
let subscription: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'operator-'));
  local = await startWatched({ port: 0, folder: join(folder, '.local'), env: {}, progress: () => {}, log: () => {} });
  stripe = connectStripe('sk_test_operator', local.endpoints.stripe);
  const person = await signIn(local, 'ada@example.com');
  ada = decodeJwt(person.token).sub ?? '';
  const { json } = await person.post('/api/checkout', { plan: 'starter_monthly' });
  await payWith(String(json['url']), '4242424242424242');
  subscription = (await stripe.subscriptions.list()).data[0]?.id ?? '';
  while (((await person.get('/api/subscription')).json['subscription'] ?? null) === null);
}, PATIENCE);
afterAll(async () => {
  await local.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The operator's command line, started where `npm start` was. */
function start(args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', TSX, SCRIPT, ...args, '--local'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, ...said }));
  });
  return { child, ended };
}

const operator = (...args: string[]) => start(args).ended;

/** What nobody should do: the table changed by hand. */
async function changeByHand(): Promise<void> {
  const aws = { region: 'us-east-1', credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' } };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...aws, endpoint: local.endpoints.dynamodb }));
  const outputs = JSON.parse(await readFile(join(folder, '.local', 'cdk-outputs.json'), 'utf8')) as {
    Subscriptions: { TableName: string };
  };
  await client.send(
    new UpdateCommand({
      TableName: outputs.Subscriptions.TableName,
      Key: { pk: ada, sk: `subscription#${subscription}` },
      UpdateExpression: 'SET #record.#status = :unpaid',
      ExpressionAttributeNames: { '#record': 'record', '#status': 'status' },
      ExpressionAttributeValues: { ':unpaid': 'unpaid' },
    }),
  );
  client.destroy();
}

describe('the operator’s commands, against the business that npm start runs', () => {
  it(
    'explain what is off, repair it, and find all equal after that',
    async () => {
      expect(await operator('explain', ada)).toMatchObject({
        code: 0,
        out: expect.stringContaining('has access (active)'),
      });
      await changeByHand();
      const off = await operator('explain', subscription);
      expect(off).toMatchObject({
        code: 1,
        out: expect.stringContaining('DIFFERENT: status is active, recorded unpaid'),
      });

      const repaired = await operator('reconcile');
      expect(repaired.code).toBe(1);
      expect(repaired.out).toContain(`repaired   ${subscription} of ${ada}: status unpaid -> active (unexplained)`);
      expect(repaired.err).toContain('Compared: 1');

      const { code, out } = await operator('reconcile', '--json');
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ ended: 'finished', seen: 1, equal: 1, repaired: { count: 0 } });
      expect(JSON.parse((await operator('explain', ada, '--json')).out)).toMatchObject({ userId: ada, advice: [] });
    },
    PATIENCE,
  );

  it(
    'end on Ctrl-C with what was done kept, and go on from there',
    async () => {
      const late = { method: 'GET', path: '/v1/subscriptions', delayMs: 1000 };
      await sim({ url: local.endpoints.stripe }, 'POST /faults', late);
      const { child, ended } = start(['reconcile']);
      while ((await sim({ url: local.endpoints.stripe }, 'GET /faults')).body.faults.length > 0);
      child.kill('SIGINT');
      expect(await ended).toMatchObject({ code: 130, out: expect.stringContaining('Start it again') });
      expect(await operator('reconcile')).toMatchObject({ code: 0, out: expect.stringContaining('Finished.') });
    },
    PATIENCE,
  );

  it(
    'import what the account had before, after saying what they would do',
    async () => {
      const { id: customer } = await stripe.customers.create({
        payment_method: 'pm_card_visa',
        invoice_settings: { default_payment_method: 'pm_card_visa' },
      });
      const { data } = await stripe.prices.list({ lookup_keys: ['pro_monthly'] });
      const { id } = await stripe.subscriptions.create({ customer, items: [{ price: data[0]?.id ?? '' }] });
      await writeFile(join(folder, 'customers.csv'), `customerId,userId\n${customer},bob\n`);

      const said = await operator('backfill', '--map', 'customers.csv');
      expect(said).toMatchObject({
        code: 0,
        out: expect.stringContaining(`would import  ${id} of ${customer} for user bob`),
      });
      expect((await operator('explain', 'bob')).code).toBe(1);
      expect((await operator('backfill', '--map', 'customers.csv', '--apply')).code).toBe(0);
      expect(await operator('explain', 'bob')).toMatchObject({ code: 0, out: expect.stringContaining('pro_monthly') });
    },
    PATIENCE,
  );

  it(
    'count what the business brings, hand out what is held about a user, and forget them',
    async () => {
      const { out: report } = await operator('report', '--html', 'report.html');
      expect(report).toMatch(/USD 38\.00 from 2 subscriptions/); // 9.00 of ada, 29.00 of bob
      expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain('USD 38.00 from 2 subscriptions');

      expect(await operator('export', subscription, '--to', 'ada.json')).toMatchObject({ code: 0, out: '' });
      const exported = JSON.parse(await readFile(join(folder, 'ada.json'), 'utf8'));
      expect(exported).toMatchObject({ userId: ada, records: { customer: [{ email: 'ada@example.com' }] } });
      expect((await stat(join(folder, 'ada.json'))).mode & 0o777).toBe(0o600);

      const erased = await operator('erase', ada, '--apply');
      expect(erased).toMatchObject({ code: 0, out: expect.stringContaining('Nothing else is left.') });
      const { json } = await (await signIn(local, 'ada@example.com')).get('/api/subscription');
      expect(json).toMatchObject({ access: { allowed: false }, subscription: null, customer: false });
    },
    PATIENCE,
  );
});
