import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import Stripe from 'stripe';
import { idOf, subscriptionRecord, type SubscriptionRecord } from '../../../billing/subscription.ts';
import { paced } from '../../../clients/pace.ts';
import type { ReconcileParts } from '../../../clients/reconcile/context.ts';
import { reconcile } from '../../../clients/reconcile/reconcile.ts';
import type { Finding } from '../../../clients/reconcile/report.ts';
import { customerRecords } from '../../../clients/records/customers.ts';
import { subscriptionRecords } from '../../../clients/records/subscriptions.ts';
import { customerKey, subscriptionKey, type Table } from '../../../clients/records/table.ts';
import { users } from '../../../clients/records/users.ts';
import { API_VERSION } from '../../../clients/stripe-api.ts';
import { connectStripe } from '../../../clients/stripe.ts';
import { subscriptions } from '../../../clients/subscriptions.ts';
import { subscriptionSync } from '../../../clients/sync.ts';
import { startStripeSimulator } from '../../../local/stripe/server.ts';
import { createWitness } from '../../local/stripe/truth/witness.ts';
import { countCalls } from '../../support/counting.ts';
import { startTable } from '../../support/dynamo.ts';

/**
 * Stripe and the table, each behind a counter, and what an operator would do to them. Nothing delivers webhooks, and nothing is
 * tried again by itself: a call that is cut off has failed.
 */
export async function openAccount() {
  const witness = await createWitness('all');
  const simulator = await startStripeSimulator(witness.watching);
  const store = await startTable();
  const endpoint = await store.client.config.endpoint?.();
  const dynamo = await countCalls(`http://127.0.0.1:${endpoint?.port}`);
  const calls = await countCalls(simulator.url);
  const client = new DynamoDBClient({
    endpoint: dynamo.url,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const table: Table = { name: store.name, client: DynamoDBDocumentClient.from(client) };
  const stripe = connectStripe('sk_test_reconcile', simulator.url);
  const price = await priceAt(stripe);

  return {
    stripe,
    /** The simulator's own address, for `/_sim/`. */
    url: simulator.url,
    /** The table past the counter, and through it. */
    store,
    table,
    /** What clients are made of, through the counters. */
    parts: () => partsOf(table, calls.url),
    dynamo,
    calls,
    stop: async () => {
      client.destroy();
      await Promise.all([dynamo.stop(), calls.stop(), simulator.stop(), store.stop()]);
      witness.swear();
    },

    /** A user of ours, or somebody else's customer when `userId` is null, who subscribes. */
    async subscribe(userId: string | null, known?: Stripe.Subscription): Promise<Stripe.Subscription> {
      const customer = known ? idOf(known.customer) : (await customerOf(stripe, userId)).id;
      if (userId !== null) await customerRecords(store).add(userId, { customerId: customer, email: null });
      const metadata: Record<string, string> = userId === null ? {} : { userId };
      return stripe.subscriptions.create({ customer, items: [{ price }], metadata });
    },

    /** A run, counted. Any part can be another. */
    async run(wanted: Partial<ReconcileParts> | ((parts: ReconcileParts) => Partial<ReconcileParts>) = {}) {
      const found: Finding[] = [];
      const parts = { ...partsOf(table, calls.url), found: (finding: Finding) => void found.push(finding) };
      const ending = await reconcile({ ...parts, ...(typeof wanted === 'function' ? wanted(parts) : wanted) });
      return { ...ending, report: ending.run.report, found };
    },

    /** Every subscription at Stripe that names a user, as a record of it should be. */
    async truth(): Promise<Map<string, SubscriptionRecord>> {
      const all = await stripe.subscriptions.list({ status: 'all', limit: 100 }).autoPagingToArray({ limit: 1000 });
      const ours = all.filter(({ metadata }) => metadata['userId'] !== undefined);
      return new Map(ours.map((each) => [each.id, subscriptionRecord(each)]));
    },

    async recorded(): Promise<Map<string, SubscriptionRecord>> {
      const { Items = [] } = await store.client.send(new ScanCommand({ TableName: store.name }));
      const kept = Items.filter(({ sk }) => String(sk).startsWith('subscription#'));
      return new Map(kept.map(({ record }) => [(record as SubscriptionRecord).id, record as SubscriptionRecord]));
    },

    /** What nobody should do: a record without the rule. */
    async spoil(userId: string, subscriptionId: string, record: object, asOf = { from: 0, to: 0 }): Promise<void> {
      const Item = { ...subscriptionKey(userId, subscriptionId), record, asOf, version: 1 };
      await store.client.send(new PutCommand({ TableName: store.name, Item }));
    },

    async forgetCustomer(userId: string): Promise<void> {
      await store.client.send(new DeleteCommand({ TableName: store.name, Key: customerKey(userId) }));
    },

    async lose(userId: string, subscriptionId: string): Promise<void> {
      const Key = subscriptionKey(userId, subscriptionId);
      await store.client.send(new DeleteCommand({ TableName: store.name, Key }));
    },
  };
}

export type Account = Awaited<ReturnType<typeof openAccount>>;

function partsOf(table: Table, stripeUrl: string) {
  const { hostname: host, port } = new URL(stripeUrl);
  const stripe = new Stripe('sk_test_reconcile', {
    host,
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  });
  const atStripe = subscriptions(stripe);
  const parts = { table, records: subscriptionRecords(table), users: users(table), apiVersion: API_VERSION };
  return {
    ...parts,
    stripe,
    subscriptions: atStripe,
    sync: subscriptionSync({ ...parts, stripe: atStripe }),
    pace: paced({ perSecond: 1000, sleep: async () => {} }),
    now: Math.floor(Date.now() / 1000),
  };
}

async function priceAt(stripe: Stripe): Promise<string> {
  const { id: product } = await stripe.products.create({ name: 'Pro' });
  const params = { product, unit_amount: 2900, currency: 'usd', recurring: { interval: 'month' as const } };
  return (await stripe.prices.create({ ...params, metadata: { plan: 'pro_monthly' } })).id;
}

async function customerOf(stripe: Stripe, userId: string | null): Promise<Stripe.Customer> {
  const paying = {
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  };
  return stripe.customers.create({ ...paying, metadata: userId === null ? {} : { userId } });
}
