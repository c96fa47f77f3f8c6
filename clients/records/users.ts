import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { UserRecords } from '../../billing/user.ts';
import { customerFrom, subscriptionsIn, type Item } from './items.ts';
import { CUSTOMER_INDEX, type Table } from './table.ts';

type Freshness = 'recent' | 'now';

export interface Users {
  /** Everything about a user, by one query; `now` includes writes of this very moment, and costs twice as much. */
  read(userId: string, freshness?: Freshness): Promise<UserRecords>;
  /** Whose customer this is, or was until it was deleted, for objects that do not say so themselves. */
  ownerOfCustomer(customerId: string): Promise<string | undefined>;
}

export function users(table: Table): Users {
  return {
    async read(userId, freshness = 'recent') {
      const items = await itemsOf(table, userId, freshness);
      const customer = items.find((item) => item['sk'] === 'customer');
      return {
        customer: customer && customerFrom(customer),
        subscriptions: subscriptionsIn(items),
      };
    },

    async ownerOfCustomer(customerId) {
      const { Items } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          IndexName: CUSTOMER_INDEX,
          KeyConditionExpression: 'customerId = :customerId',
          ExpressionAttributeValues: { ':customerId': customerId },
          Limit: 1,
        }),
      );
      const owner: unknown = Items?.[0]?.['pk'];
      return typeof owner === 'string' ? owner : undefined;
    },
  };
}

/** A user's items are a few hundred bytes each: far from the megabyte after which DynamoDB would page. */
export async function itemsOf(table: Table, userId: string, freshness: Freshness): Promise<Item[]> {
  const { Items } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      ConsistentRead: freshness === 'now',
      KeyConditionExpression: 'pk = :userId',
      ExpressionAttributeValues: { ':userId': userId },
    }),
  );
  return Items ?? [];
}
