import { BatchGetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Item } from './items.ts';
import { accessKey, subscriptionKey, type Table } from './table.ts';

export interface RecordName {
  readonly userId: string;
  readonly subscriptionId: string;
}

/** Where a walk through the table goes on. */
export interface Place {
  readonly pk: string;
  readonly sk: string;
}

/** How the sort key of every subscription begins. */
const SUBSCRIPTION = subscriptionKey('', '').sk;
const ACCESS = accessKey('').sk;

/**
 * Up to a hundred subscription items by one call, which is as many as DynamoDB takes. They may be a moment old: enough to
 * find those that want a closer look.
 *
 * @returns by subscription id, as they stand in the table; those that are not there are left out
 */
export async function readMany(table: Table, names: readonly RecordName[]): Promise<Map<string, Item>> {
  const found = new Map<string, Item>();
  let Keys = names.map(({ userId, subscriptionId }) => subscriptionKey(userId, subscriptionId));
  while (Keys.length > 0) {
    const request = { RequestItems: { [table.name]: { Keys } } };
    const { Responses, UnprocessedKeys } = await table.client.send(new BatchGetCommand(request));
    for (const item of Responses?.[table.name] ?? []) found.set(subscriptionIdOf(item), item);
    Keys = (UnprocessedKeys?.[table.name]?.Keys ?? []).map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
  }
  return found;
}

/**
 * The table's subscription items, and what was announced of them, page by page. All items of one user follow each other.
 *
 * @param most how many items of any kind are looked at
 */
export async function scanRecords(
  table: Table,
  from: Place | null,
  most: number,
): Promise<{ items: Item[]; next: Place | null }> {
  const { Items, LastEvaluatedKey } = await table.client.send(
    new ScanCommand({
      TableName: table.name,
      Limit: most,
      FilterExpression: 'begins_with(sk, :subscription) OR sk = :access',
      ExpressionAttributeValues: { ':subscription': SUBSCRIPTION, ':access': ACCESS },
      ...(from && { ExclusiveStartKey: from }),
    }),
  );
  const { pk, sk } = LastEvaluatedKey ?? {};
  return { items: Items ?? [], next: typeof pk === 'string' && typeof sk === 'string' ? { pk, sk } : null };
}

export const subscriptionIdOf = (item: Item): string => String(item['sk']).slice(SUBSCRIPTION.length);
