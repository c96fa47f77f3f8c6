import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { jest } from '@jest/globals';
import type { Table } from '../../clients/records/table.ts';
import type Stripe from 'stripe';
import { dayOf } from '../../billing/charge-run.ts';
import { chargeRuns } from '../../clients/records/charge-runs.ts';
import { sim } from '../local/stripe/sim.ts';
import { stripeEvent } from '../support/subscription.ts';
import { everything } from './everything.ts';
import { asJson, openShop, sessionIdOf } from './shop.ts';
import { bodyOf, httpEvent, payWith, WEBHOOK_SECRET } from './world.ts';

/** What no line may hold: keys, a token, an address, a card, a name. The first ones are those that this world works with. */
export const PLANTED = [
  'sk_test_functions',
  'whsec_test',
  '@example.com',
  '4242424242424242',
  'A Person',
  '/c/pay/',
  'eyJhbGciOiJSUzI1NiJ9',
  'sk_live_51H8xyz',
  '4000 0025 0000 3155',
];
const [TOKEN = '', KEY = '', CARD = ''] = PLANTED.slice(-3);
const SAYS_ALL = `refused Bearer ${TOKEN}.e30.c2ln of ada@example.com, key ${KEY}, card ${CARD}`;

const named = (name: string) => Object.assign(new Error(SAYS_ALL), { name });
const stale = () => new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });

/** Every function, and what succeeds and fails in it. */
export async function openSeenWorld() {
  const shop = await openShop();
  const job = async (name: 'reconcile' | 'charge-runs') => (await import(`../../functions/${name}.ts`)).handler();
  const refuse = (path: string, times = 1) =>
    sim({ url: shop.simulator }, 'POST /faults', { path, status: 400, times });
  const send = () => jest.spyOn(DynamoDBDocumentClient.prototype, 'send');
  const at = (method: string, path: string, more = {}) => httpEvent(method, { path, user: 'ada', ...more });
  const deliver = (event: Stripe.Event, secret = WEBHOOK_SECRET) => {
    const body = JSON.stringify(event);
    const signature = shop.stripe.webhooks.generateTestHeaderString({ payload: body, secret });
    return shop.route.webhook(
      httpEvent('POST', { path: '/webhook', body, headers: { 'stripe-signature': signature } }),
    );
  };
  const checkout = (user: string, plan: string, headers = {}) =>
    shop.route.checkout(
      at('POST', '/api/checkout', { user, body: JSON.stringify({ plan }), headers: { ...asJson, ...headers } }),
    );

  return {
    ...shop,
    job,

    async sale(user: string): Promise<void> {
      await checkout(user, 'starter_monthly');
      const { url } = bodyOf(await checkout(user, 'starter_monthly'));
      await payWith(String(url), '4242424242424242');
      for (const event of await shop.eventsOf(user)) await deliver(event);
      await shop.success(user, sessionIdOf(String(url)));
      await checkout(user, 'starter_monthly');
    },

    /** Somebody else's requests keep coming in between. */
    async conflicts(user: string): Promise<void> {
      const event = (await shop.eventsOf(user)).find(({ type }) => type === 'checkout.session.completed');
      await shop.table.client.send(unlike(shop.table.name, user, JSON.stringify(event)));
      // oxlint-disable-next-line typescript/unbound-method -- it is called on the client that it is a method of
      const original = DynamoDBDocumentClient.prototype.send;
      let refusals = 1;
      const spy = send().mockImplementation(async function (this: DynamoDBDocumentClient, command: UpdateCommand) {
        if (refusals > 0 && command instanceof UpdateCommand) {
          refusals -= 1;
          throw stale();
        }
        return Reflect.apply(original, this, [command]);
      } as never);
      if (event) await deliver(event);
      refusals = 3;
      await checkout('eve', 'starter_monthly');
      spy.mockRestore();
    },

    async refusedEvents(user: string): Promise<void> {
      const [event] = await shop.eventsOf(user);
      if (event) await deliver(event, 'whsec_other');
      await deliver(stripeEvent('customer.subscription.updated', { object: 'subscription', id: '../x' }));
      await refuse('/v1/subscriptions/*');
      const session = { object: 'checkout.session', id: 'cs_1', subscription: 'sub_1', metadata: { userId: user } };
      await deliver(stripeEvent('checkout.session.completed', session));
    },

    async failures(): Promise<void> {
      const read = () => shop.route.subscription(at('GET', '/api/subscription'));
      for (const name of ['ThrottlingException', 'NotConfigured', 'TypeError']) {
        const spy = send().mockRejectedValueOnce(named(name) as never);
        await read();
        spy.mockRestore();
      }
      await checkout('frank', 'starter_monthly', { authorization: `Bearer ${TOKEN}.e30.c2ln` });
      await shop.route.members(at('GET', '/api/members', { user: 'nobody' }));
      await shop.route.config(httpEvent('GET', { path: '/api/config' }));
    },

    /** Two subscriptions, a record that differs, one that Stripe does not know, and one that cannot be read. */
    async drift(user: string): Promise<void> {
      const { client, name } = shop.table;
      const record = await recordOf(shop.table, user);
      const put = (sk: string, item: object) =>
        client.send(new PutCommand({ TableName: name, Item: { ...record, ...item, pk: user, sk } }));
      await put('subscription#sub_unknown', { record: { ...Object(record['record']), id: 'sub_unknown' } });
      await client.send(unlike(name, user, JSON.stringify({ id: record['sk'] })));
      await job('reconcile');
      await put(String(record['sk']), { record: 'not one' });
      await refuse('/v1/subscriptions');
      await job('reconcile').catch(() => {});
      await job('reconcile').catch(() => {});
    },

    async charges(user: string): Promise<void> {
      const on = dayOf(Date.now() / 1000);
      await chargeRuns(shop.table).add({ id: 'fee', amount: 500, currency: 'usd', description: 'Fee', on });
      await refuse(`/v1/customers/*`, 10);
      await refuse(`/v1/payment_intents`, 10);
      await job('charge-runs').catch(() => {});
      await sim({ url: shop.simulator }, 'DELETE /faults');
      const Keys = { pk: { S: user }, sk: { S: 'subscription#sub_1' } };
      const NewImage = { ...Keys, record: { S: SAYS_ALL } };
      const { handler } = await import('../../functions/access-changes.ts');
      await handler({ Records: [{ dynamodb: { Keys, NewImage, SequenceNumber: '1' } }] });
    },
  };
}

/** Changes the record by hand. */
function unlike(TableName: string, user: string, named: string): UpdateCommand {
  const [id = ''] = /sub_\w+/.exec(named) ?? [];
  return new UpdateCommand({
    TableName,
    Key: { pk: user, sk: `subscription#${id}` },
    UpdateExpression: 'SET #record.quantity = :seven',
    ExpressionAttributeNames: { '#record': 'record' },
    ExpressionAttributeValues: { ':seven': 7 },
  });
}

/** The user's one subscription as it stands in the table. */
async function recordOf(table: Table, user: string): Promise<Record<string, unknown>> {
  const items = Object.values(await everything(table));
  return items.find(({ pk, sk }) => pk === user && String(sk).startsWith('subscription#')) ?? {};
}
