import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ChargeRecord, StoredCharge } from '../../billing/charge.ts';
import { accepted, unchangedSince } from './conditions.ts';
import { chargeFrom } from './charge-items.ts';
import { CHARGE_PREFIX, chargeKey, type Table } from './table.ts';

/** What a later look may find to be different. */
export type ChargeChange = Partial<
  Pick<StoredCharge, 'status' | 'paymentIntentId' | 'checkoutSessionId' | 'declineCode' | 'attemptedAt'>
>;

export interface ChargeRecords {
  /** As it is now: what is paid is decided by it. */
  read(userId: string, runId: string): Promise<StoredCharge | undefined>;
  /** Of several who add it, the first wins. @returns undefined for the others */
  add(userId: string, charge: ChargeRecord): Promise<StoredCharge | undefined>;
  /** If nobody else wrote since `known` was read. */
  change(userId: string, known: StoredCharge, change: ChargeChange): Promise<'saved' | 'stale'>;
  /** All of a user's, by the names of their runs. */
  all(userId: string): Promise<StoredCharge[]>;
}

export function chargeRecords({ name: TableName, client }: Table): ChargeRecords {
  return {
    async read(userId, runId) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: chargeKey(userId, runId), ConsistentRead: true }),
      );
      return Item && chargeFrom(Item);
    },

    async add(userId, charge) {
      const Item = { ...chargeKey(userId, charge.runId), charge, version: 1 };
      const put = new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
      return (await accepted(client.send(put))) ? { ...charge, version: 1 } : undefined;
    },

    async change(userId, { version, ...known }, change) {
      const condition = unchangedSince(version);
      const update = new UpdateCommand({
        TableName,
        Key: chargeKey(userId, known.runId),
        UpdateExpression: 'SET charge = :charge ADD #version :one',
        ConditionExpression: condition.ConditionExpression,
        ExpressionAttributeNames: condition.ExpressionAttributeNames,
        ExpressionAttributeValues: {
          ...condition.ExpressionAttributeValues,
          ':charge': { ...known, ...change },
          ':one': 1,
        },
      });
      return (await accepted(client.send(update))) ? 'saved' : 'stale';
    },

    async all(userId) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :userId AND begins_with(sk, :charge)',
          ExpressionAttributeValues: { ':userId': userId, ':charge': CHARGE_PREFIX },
        }),
      );
      return Items.map(chargeFrom);
    },
  };
}
