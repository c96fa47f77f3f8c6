import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { AsOf } from '../../billing/ordering.ts';
import { accepted } from './conditions.ts';
import { subscriptionKey, type Table } from './table.ts';

/** No event is newer than this. */
const FOR_EVER: AsOf = { from: Number.MAX_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };

export interface Erased {
  /** Puts a marker in the place of a record, or where one might yet be written. */
  mark(userId: string, subscriptionId: string): Promise<void>;
  /** Has DynamoDB delete the marker. @param at seconds since 1970 */
  expire(userId: string, subscriptionId: string, at: number): Promise<void>;
  /** Deletes the item of a customer. @returns false when it is another customer's by now */
  forgetCustomer(userId: string, customer: { readonly sk: string; readonly customerId: string }): Promise<boolean>;
}

/*
 * An erased user's events still come: late, again, by reconcile.
 *
 *   erase    ── mark: true for ever (v8) ── Stripe forgets the user, ends it ── the marker may expire
 *   event    ─────────────── update if asOf.to < created ✗ the marker is newer than any event
 *   fetch    ── read v7 ────────────────────────────── update if version = 7 ✗ look again: erased
 *
 * So the writers' own conditions keep an erased record away, and nothing is read more for anybody else's.
 */
export function erased({ name: TableName, client }: Table): Erased {
  return {
    async mark(userId, subscriptionId) {
      await client.send(
        new UpdateCommand({
          TableName,
          Key: subscriptionKey(userId, subscriptionId),
          UpdateExpression: 'SET erased = :true, asOf = :forEver REMOVE #record ADD #version :one',
          ExpressionAttributeNames: { '#record': 'record', '#version': 'version' },
          ExpressionAttributeValues: { ':true': true, ':forEver': FOR_EVER, ':one': 1 },
        }),
      );
    },

    async expire(userId, subscriptionId, at) {
      const update = new UpdateCommand({
        TableName,
        Key: subscriptionKey(userId, subscriptionId),
        UpdateExpression: 'SET expiresAt = :at',
        ConditionExpression: 'erased = :true',
        ExpressionAttributeValues: { ':at': at, ':true': true },
      });
      await client.send(update);
    },

    forgetCustomer(userId, { sk, customerId }) {
      const remove = new DeleteCommand({
        TableName,
        Key: { pk: userId, sk },
        ConditionExpression: 'customerId = :customerId',
        ExpressionAttributeValues: { ':customerId': customerId },
      });
      return accepted(client.send(remove));
    },
  };
}
