import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { marshall } from '@aws-sdk/util-dynamodb';
import { NOON, stripeSubscription, subscriptionRecordOf } from '../../test/support/subscription.ts';

/** Has a subscription, and a charge that was declined. */
export const SUBSCRIBER = 'user-1';
/** Is a customer, and has no subscription. */
export const VISITOR = 'user-2';
export const SESSION = 'cs_test_1';
export const CHARGED = '2026-12-fee';
export const KEYS = {
  publishableKey: 'pk_test_bench',
  secretKey: 'sk_test_bench',
  webhookSecrets: ['whsec_bench'],
  portalConfiguration: 'bpc_bench',
} as const;

/** Signs the cookies of the members' files. */
const MEMBERS_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
});

export interface Endpoint {
  readonly url: string;
  stop(): void;
}

/** AWS and Stripe, as far as the first events ask: the same answer to the same question, at once. */
export async function startEndpoint(): Promise<Endpoint> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The endpoint has no port.');
  return { url: `http://127.0.0.1:${address.port}`, stop: () => void server.close() };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = JSON.stringify(answerTo(request, await text(request)));
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}

function answerTo({ method, url = '', headers }: IncomingMessage, body: string): unknown {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return awsAnswer(target.split('.')[1] ?? '', body);
  return method === 'POST' ? SESSION_OPEN : stripeObject(new URL(url, 'http://stripe'));
}

function awsAnswer(operation: string, body: string): unknown {
  switch (operation) {
    case 'GetSecretValue':
      return { SecretString: body.includes('MEMBERS_KEY') ? MEMBERS_KEY : JSON.stringify(KEYS) };
    case 'PutEvents':
      return { FailedEntryCount: 0, Entries: [{ EventId: '1' }] };
    case 'GetItem':
      return body.includes('charge#') ? { Item: marshall(CHARGE) } : {};
    case 'Query':
      return { Items: itemsFor(body).map((item) => marshall(item)) };
    case 'Scan':
      return { Items: [] };
    default:
      return {};
  }
}

const customer = (pk: string) => ({ pk, sk: 'customer', customerId: 'cus_1', email: null, checkout: null, version: 1 });
const asOf = { from: NOON, to: NOON };
const SUBSCRIPTION = { pk: SUBSCRIBER, sk: 'subscription#sub_1', record: subscriptionRecordOf(), asOf, version: 1 };
const CHARGE = {
  pk: SUBSCRIBER,
  sk: `charge#${CHARGED}`,
  version: 1,
  charge: {
    runId: CHARGED,
    customerId: 'cus_1',
    amount: 500,
    currency: 'usd',
    description: 'December',
    status: 'declined',
    paymentIntentId: null,
    checkoutSessionId: null,
    declineCode: 'insufficient_funds',
    attemptedAt: NOON,
  },
};

/** Of charge runs there is none, as on most days. */
function itemsFor(query: string): Record<string, unknown>[] {
  if (query.includes(VISITOR)) return [customer(VISITOR)];
  if (!query.includes(SUBSCRIBER)) return [];
  return query.includes('begins_with') ? [CHARGE] : [customer(SUBSCRIBER), SUBSCRIPTION];
}

const SESSION_OPEN = { id: SESSION, object: 'checkout.session', status: 'open', url: 'https://pay.example' };
const SESSION_PAID = {
  ...SESSION_OPEN,
  status: 'complete',
  url: null,
  mode: 'subscription',
  payment_status: 'paid',
  subscription: 'sub_1',
  customer: 'cus_1',
  metadata: { userId: SUBSCRIBER },
};

function stripeObject({ pathname, searchParams }: URL): unknown {
  if (pathname.endsWith(SESSION)) return SESSION_PAID;
  if (pathname === '/v1/subscriptions/sub_1') return stripeSubscription();
  const keys = [...searchParams].flatMap(([name, value]) => (name.startsWith('lookup_keys') ? [value] : []));
  return { object: 'list', has_more: false, data: keys.map(price) };
}

const price = (lookup_key: string) => ({
  id: `price_${lookup_key}`,
  object: 'price',
  lookup_key,
  unit_amount: 2900,
  currency: 'usd',
  recurring: { interval: 'month' },
});
