import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** The one table, and the client that reaches it. The keys and the index are spelled here and in lib/records-table.ts. */
export interface Table {
  readonly name: string;
  readonly client: DynamoDBDocumentClient;
}

export const CUSTOMER_INDEX = 'customer';

export function openTable(name: string): Table {
  return { name, client: DynamoDBDocumentClient.from(new DynamoDBClient({})) };
}

export const customerKey = (userId: string) => ({ pk: userId, sk: 'customer' });

export const subscriptionKey = (userId: string, subscriptionId: string) => ({
  pk: userId,
  sk: `subscription#${subscriptionId}`,
});
