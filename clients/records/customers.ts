import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { RememberedCheckout } from '../../billing/checkout.ts';
import type { CustomerRecord } from '../../billing/user.ts';
import { accepted, unchangedSince } from './conditions.ts';
import { customerFrom } from './items.ts';
import { customerKey, formerCustomerKey, type Table } from './table.ts';

type NewCustomer = Pick<CustomerRecord, 'customerId' | 'email'>;

export interface CustomerRecords {
  /** Of several who add a customer for one user, the first wins; all of them get the winner's record. */
  add(userId: string, customer: NewCustomer): Promise<CustomerRecord>;
  /** The same over a record that was read; its checkout is forgotten, and whose its customer was is not. */
  replace(userId: string, former: CustomerRecord, customer: NewCustomer): Promise<CustomerRecord>;
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

  const put = async (
    userId: string,
    customer: NewCustomer & { version: number },
    condition: object,
  ): Promise<CustomerRecord> => {
    const record: CustomerRecord = { ...customer, checkout: null };
    const Item = { ...customerKey(userId), ...record };
    const won = await accepted(table.client.send(new PutCommand({ TableName: table.name, Item, ...condition })));
    return won ? record : ((await read(userId)) ?? record);
  };

  return {
    read,

    add: (userId, customer) =>
      put(userId, { ...customer, version: 1 }, { ConditionExpression: 'attribute_not_exists(pk)' }),

    async replace(userId, { customerId, version }, customer) {
      const Item = { ...formerCustomerKey(userId, customerId), customerId };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
      return put(userId, { ...customer, version: version + 1 }, unchangedSince(version));
    },

    async rememberCheckout(userId, checkout, version) {
      const condition = unchangedSince(version);
      const update = new UpdateCommand({
        TableName: table.name,
        Key: customerKey(userId),
        UpdateExpression: 'SET checkout = :checkout ADD #version :one',
        ConditionExpression: condition.ConditionExpression,
        ExpressionAttributeNames: condition.ExpressionAttributeNames,
        ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ':checkout': checkout, ':one': 1 },
      });
      return (await accepted(table.client.send(update))) ? 'saved' : 'stale';
    },
  };
}
