import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { RememberedCheckout } from '../../billing/checkout.ts';
import type { CustomerRecord } from '../../billing/user.ts';
import { customerFrom } from './items.ts';
import { customerKey, type Table } from './table.ts';

export interface CustomerRecords {
  /** Of several who add a customer for one user, the first wins; all of them get the winner's record. */
  add(userId: string, customer: Pick<CustomerRecord, 'customerId' | 'email'>): Promise<CustomerRecord>;
  read(userId: string): Promise<CustomerRecord | undefined>;
  /** Remembers the open session, if nobody else wrote since `version` was read. */
  rememberCheckout(userId: string, checkout: RememberedCheckout, version: number): Promise<'saved' | 'stale'>;
}

export function customerRecords(table: Table): CustomerRecords {
  const read: CustomerRecords['read'] = async (userId) => {
    const Key = customerKey(userId);
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead: true }));
    return Item && customerFrom(Item);
  };

  return {
    read,

    async add(userId, { customerId, email }) {
      const record: CustomerRecord = { customerId, email, checkout: null, version: 1 };
      const Item = { ...customerKey(userId), ...record };
      const put = new PutCommand({ TableName: table.name, Item, ConditionExpression: 'attribute_not_exists(pk)' });
      const won = await accepted(table.client.send(put));
      return won ? record : ((await read(userId)) ?? record);
    },

    async rememberCheckout(userId, checkout, version) {
      const update = new UpdateCommand({
        TableName: table.name,
        Key: customerKey(userId),
        UpdateExpression: 'SET checkout = :checkout ADD #version :one',
        ConditionExpression: '#version = :read',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':checkout': checkout, ':one': 1, ':read': version },
      });
      return (await accepted(table.client.send(update))) ? 'saved' : 'stale';
    },
  };
}

async function accepted(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
