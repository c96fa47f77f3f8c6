import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NO_USERS } from '../../billing/metadata.ts';

/** The one table, and the client that reaches it. The keys and the index are spelled here and in lib/records-table.ts. */
export interface Table {
  readonly name: string;
  readonly client: DynamoDBDocumentClient;
}

export const CUSTOMER_INDEX = 'customer';

export function openTable(name: string): Table {
  return { name, client: DynamoDBDocumentClient.from(new DynamoDBClient({})) };
}

/** What was announced about a user's access. */
export const accessKey = (userId: string) => ({ pk: userId, sk: 'access' });

export const customerKey = (userId: string) => ({ pk: userId, sk: 'customer' });

/** A customer that was deleted at Stripe and replaced: the index goes on telling whose it was. */
export const formerCustomerKey = (userId: string, customerId: string) => ({
  pk: userId,
  sk: `former-customer#${customerId}`,
});

const SUBSCRIPTION = 'subscription#';

export const subscriptionKey = (userId: string, subscriptionId: string) => ({
  pk: userId,
  sk: `${SUBSCRIPTION}${subscriptionId}`,
});

/** Beside subscriptions a user has items of other kinds. */
export const isSubscriptionKey = (sk: unknown): boolean => typeof sk === 'string' && sk.startsWith(SUBSCRIPTION);

export const CHARGE_PREFIX = 'charge#';

export const chargeKey = (userId: string, runId: string) => ({ pk: userId, sk: `${CHARGE_PREFIX}${runId}` });

/** Not a user: all charge runs. */
export const CHARGE_RUNS = NO_USERS.chargeRuns;

export const chargeRunKey = (runId: string) => ({ pk: CHARGE_RUNS, sk: runId });
