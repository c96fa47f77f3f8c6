import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dayOf } from '../../billing/charge-run.ts';
import { chargeRuns, type ChargeRuns } from '../../clients/records/charge-runs.ts';
import { customerRecords } from '../../clients/records/customers.ts';
import type { Table } from '../../clients/records/table.ts';
import { users } from '../../clients/records/users.ts';
import { writeKeys } from '../../clients/secrets.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { alarmLine } from '../../bin/local/alarm-line.ts';
import { makeApp } from '../../lib/app.ts';
import { startStack, type RunningStack } from '../../local/stack.ts';
import { startStripeSimulator, type StripeSimulator } from '../../local/stripe/server.ts';
import { sim } from '../local/stripe/sim.ts';
import { createWitness } from '../local/stripe/truth/witness.ts';
import { sharedBuild } from '../support/shared-build.ts';
import { stripeEvent } from '../support/subscription.ts';
import { PATIENCE } from './local-cloud.ts';

const HOUR = 60 * 60 * 1000;

let folder: string;
let witness: Awaited<ReturnType<typeof createWitness>>;
let simulator: StripeSimulator;
let stack: RunningStack;
let table: Table;
const logged: string[] = [];
/** As `npm start` prints them. */
const alarms: string[] = [];
/** By which the alarms go, in milliseconds. */
let now = Date.now();
/** What waits for its time, which comes when the test says so. */
const waiting: { readonly run: () => void; readonly ms: number }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'schedules-'));
  witness = await createWitness('all');
  simulator = await startStripeSimulator(witness.watching);
  const assembly = join(folder, 'assembly');
  makeApp(await sharedBuild(), { outdir: assembly, check: false }).synth();
  stack = await startStack({
    assembly,
    port: 0,
    environment: { STRIPE_API_BASE: simulator.url },
    log: (line) => logged.push(line),
    onAlarm: (change) => alarms.push(...[alarmLine(change)].filter(Boolean)),
    now: () => now,
    timer: (run, ms) => {
      waiting.push({ run, ms });
      return () => {};
    },
  });
  const aws = { region: 'us-east-1', credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' } };
  table = {
    name: stack.outputs['TableName'] ?? '',
    client: DynamoDBDocumentClient.from(new DynamoDBClient({ ...aws, endpoint: stack.dynamodb })),
  };
  await writeKeys(new SecretsManagerClient({ ...aws, endpoint: stack.secrets }), stack.outputs['SecretId'] ?? '', {
    publishableKey: 'pk_test_schedule',
    secretKey: 'sk_test_schedule',
    webhookEndpoint: '',
    webhookSecrets: ['whsec_schedule'],
    portalConfiguration: 'bpc_schedule',
  });
}, PATIENCE);
afterAll(async () => {
  await stack.stop();
  await simulator.stop();
  await rm(folder, { recursive: true, force: true });
  witness.swear();
});

/** Fires what is started every so many milliseconds; it waits anew then. */
function pass(period: number): void {
  const due = waiting.filter(({ ms }) => ms === period);
  for (const each of due) waiting.splice(waiting.indexOf(each), 1);
  for (const each of due) each.run();
}

async function finished(runs: ChargeRuns, id: string): Promise<void> {
  while ((await runs.read(id))?.status !== 'finished') await sleep(50);
}

it(
  'what is due is charged within the hour, by the schedule and with just its own rights',
  async () => {
    const stripe = connectStripe('sk_test_schedule', simulator.url);
    const card = 'pm_card_visa';
    const { id: customer } = await stripe.customers.create({
      payment_method: card,
      invoice_settings: { default_payment_method: card },
    });
    await customerRecords(table).add('ada', { customerId: customer, email: null });
    const runs = chargeRuns(table);
    const run = { amount: 500, currency: 'usd', description: 'The fee' };
    await runs.add({ id: 'due', ...run, on: dayOf(Date.now() / 1000) });
    await runs.add({ id: 'later', ...run, on: '2999-01-01' });
    expect((await stripe.paymentIntents.list()).data).toHaveLength(0);

    pass(HOUR);
    await finished(runs, 'due');
    const { data } = await stripe.paymentIntents.list();
    expect(data).toMatchObject([
      { amount: 500, status: 'succeeded', customer, metadata: { charge: 'due', userId: 'ada' } },
    ]);
    expect(await runs.read('later')).toMatchObject({ status: 'planned' });
    expect(logged.filter((line) => line.includes('[iam]'))).toEqual([]);
  },
  PATIENCE,
);

it(
  'a subscription that no webhook told of is recorded within six hours, by the schedule and with just its own rights',
  async () => {
    const stripe = connectStripe('sk_test_schedule', simulator.url);
    const { id: product } = await stripe.products.create({ name: 'Pro' });
    const price = { product, unit_amount: 2900, currency: 'usd', recurring: { interval: 'month' as const } };
    const { id } = await stripe.prices.create(price);
    const [customer] = (await stripe.customers.list()).data;
    const metadata = { userId: 'ada' };
    await stripe.subscriptions.create({ customer: customer?.id ?? '', items: [{ price: id }], metadata });

    pass(6 * HOUR);
    while (!logged.some((line) => line.includes('"message":"reconciled"'))) await sleep(50);
    const { subscriptions } = await users(table).read('ada', 'now');
    expect(subscriptions).toMatchObject([{ record: { status: 'active', amount: 2900 } }]);
    expect(logged.some((line) => line.includes('"Metrics":[{"Name":"DriftRepaired"'))).toBe(true);
    expect(logged.filter((line) => line.includes('[iam]'))).toEqual([]);
  },
  PATIENCE,
);

/** Three events that only hint at the subscription, signed with this secret. @returns what they were answered */
async function deliver(subscription: string, secret: string): Promise<number[]> {
  const session = { object: 'checkout.session', subscription, metadata: { userId: 'ada' } };
  const answers = [1, 2, 3].map(async () => {
    const body = JSON.stringify(stripeEvent('checkout.session.completed', session));
    const { webhooks } = connectStripe('sk_test_schedule', simulator.url);
    const headers = { 'stripe-signature': webhooks.generateTestHeaderString({ payload: body, secret }) };
    return (await fetch(`${stack.apis[0]}/webhook`, { method: 'POST', body, headers })).status;
  });
  return Promise.all(answers);
}

/** The alarm's line, as soon as somebody looked and saw it. */
async function rings(state: 'ALARM' | 'OK', name: string): Promise<string> {
  for (;;) {
    pass(2_000);
    const line = alarms.find((each) => each.startsWith(state.padEnd(7)) && each.includes(`-${name}`));
    if (line !== undefined) return line;
    await sleep(50);
  }
}

const later = (minutes: number): void => void (now += minutes * 60_000);
const records = async () => (await users(table).read('ada', 'now')).subscriptions;

it(
  'what the runbook says: an alarm rings, its article mends it, and it is over',
  async () => {
    later(61); // what the schedules found before is history
    const id = (await records())[0]?.record.id ?? '';
    expect(await deliver(id, 'whsec_of_another_endpoint')).toEqual([400, 400, 400]);
    expect(await rings('ALARM', 'WebhookRefusing')).toContain('docs/runbook.md#webhook-refusing');
    expect(await deliver(id, 'whsec_schedule')).toEqual([200, 200, 200]);
    later(16);
    await rings('OK', 'WebhookRefusing');

    await sim(simulator, 'POST /faults', { method: 'GET', path: '/v1/subscriptions/*', status: 400, times: 50 });
    expect(await deliver(id, 'whsec_schedule')).toEqual([502, 502, 502]);
    expect(await rings('ALARM', 'WebhookFailing')).toContain('docs/runbook.md#webhook-failing');
    await sim(simulator, 'DELETE /faults');
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk: 'ada', sk: `subscription#${id}` } }));
    later(16);
    await rings('OK', 'WebhookFailing');

    pass(6 * HOUR);
    expect(await rings('ALARM', 'DriftUnexplained')).toContain('docs/runbook.md#drift-unexplained');
    expect(await records()).toMatchObject([{ record: { id, status: 'active' } }]);
    later(61);
    await rings('OK', 'DriftUnexplained');
    expect(alarms.filter((line) => line.startsWith('ALARM'))).toHaveLength(3);
  },
  PATIENCE,
);
