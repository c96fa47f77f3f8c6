import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { ageOf, asOfEvent, type AsOf } from '../../billing/ordering.ts';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import type { StoredSubscription } from '../../billing/user.ts';
import { asOfIn, isErased, subscriptionFrom, type Item } from './items.ts';
import { subscriptionKey, type Table } from './table.ts';

export interface SubscriptionRecords {
  /** The record as it is now: a consistent read, because a fetch is measured against it. */
  read(userId: string, subscriptionId: string): Promise<StoredSubscription | undefined>;
  /** Writes a payload if it is newer than the record: one conditional update. */
  saveFromEvent(userId: string, record: SubscriptionRecord, created: number): Promise<'saved' | 'older' | 'unclear'>;
  /** Writes what was fetched, if the record is still the one that was read before asking; never for an erased user. */
  saveFetched(
    userId: string,
    fetched: Fetched,
    read: StoredSubscription | undefined,
  ): Promise<'saved' | 'stale' | 'erased'>;
}

export interface Fetched {
  readonly record: SubscriptionRecord;
  readonly asOf: AsOf;
}

/*
 * Two writers, one record:
 *
 *   event A (older)   ──────────────── update if asOf.to < A.created ✗ the record knows better
 *   event B (newer)   ── update if asOf.to < B.created ✓
 *
 *   fetch             ── read v7 ── ask Stripe ────────────── update if version = 7 ✗ look again
 *   event             ────────────────── update (v8) ✓
 */
const NEWER = 'attribute_not_exists(pk) OR asOf.#to < :created';
const UNREAD = 'attribute_not_exists(pk)';
const UNCHANGED = '#version = :read';

export function subscriptionRecords(table: Table): SubscriptionRecords {
  const itemOf = async (userId: string, subscriptionId: string): Promise<Item | undefined> => {
    const Key = subscriptionKey(userId, subscriptionId);
    return (await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead: true }))).Item;
  };

  return {
    async read(userId, subscriptionId) {
      const item = await itemOf(userId, subscriptionId);
      return item && !isErased(item) ? subscriptionFrom(item) : undefined;
    },

    async saveFromEvent(userId, record, created) {
      const asOf = asOfEvent(created);
      const refused = await update(table, userId, { record, asOf }, NEWER, { ':created': created });
      if (refused === undefined) return 'saved';
      const inTheWay = refused.item ?? (await itemOf(userId, record.id));
      const age = ageOf(created, inTheWay && asOfIn(inTheWay));
      return age === 'older' ? 'older' : 'unclear';
    },

    async saveFetched(userId, fetched, read) {
      const refused = read
        ? await update(table, userId, fetched, UNCHANGED, { ':read': read.version })
        : await update(table, userId, fetched, UNREAD, {});
      if (refused === undefined) return 'saved';
      if (read) return 'stale'; // whoever looks again learns why
      const inTheWay = refused.item ?? (await itemOf(userId, fetched.record.id));
      return inTheWay && isErased(inTheWay) ? 'erased' : 'stale';
    },
  };
}

/** @returns undefined when written; when the condition refused, the item that was in the way, if DynamoDB showed it */
async function update(
  table: Table,
  userId: string,
  { record, asOf }: Fetched,
  condition: string,
  values: Record<string, number>,
): Promise<{ item: Item | undefined } | undefined> {
  const names = { '#record': 'record', '#version': 'version', ...(condition.includes('#to') && { '#to': 'to' }) };
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: subscriptionKey(userId, record.id),
        UpdateExpression: 'SET #record = :record, asOf = :asOf ADD #version :one',
        ConditionExpression: condition,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ':record': record, ':asOf': asOf, ':one': 1, ...values },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { item: error.Item && unmarshall(error.Item) };
  }
}
