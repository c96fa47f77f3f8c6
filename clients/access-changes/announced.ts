import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { NOTHING_ANNOUNCED, type AccessChange, type Announced } from '../../billing/access-change.ts';
import type { AccessReason } from '../../billing/access.ts';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import { accepted, unchangedSince } from '../records/conditions.ts';
import { field, has, isNumber, isTextOrNull, subscriptionsIn, type Item } from '../records/items.ts';
import { accessKey, type Table } from '../records/table.ts';
import { itemsOf } from '../records/users.ts';

/** What a user's records say, and what was announced about them. */
export interface Standing {
  readonly subscriptions: readonly SubscriptionRecord[];
  readonly announced: Announced;
}

export interface AnnouncedAccess {
  /**
   * Both by one consistent query. What was announced stands before the subscriptions in it, and so is never newer than
   * they are: an announcement is made of records that were already there.
   */
  read(userId: string): Promise<Standing>;
  /** Written only over the version that was read. */
  save(userId: string, announced: Announced, readVersion: number): Promise<'saved' | 'stale'>;
}

export function announcedAccess(table: Table): AnnouncedAccess {
  return {
    read: async (userId) => standingIn(await itemsOf(table, userId, 'now')),

    async save(userId, announced, readVersion) {
      const condition =
        readVersion === 0 ? { ConditionExpression: 'attribute_not_exists(pk)' } : unchangedSince(readVersion);
      const Item = { ...accessKey(userId), ...announced };
      const write = table.client.send(new PutCommand({ TableName: table.name, Item, ...condition }));
      return (await accepted(write)) ? 'saved' : 'stale';
    },
  };
}

/** What a user's items say. @throws ItemError naming one that is not what was written */
export function standingIn(items: readonly Item[]): Standing {
  const item = items.find(({ sk }) => sk === accessKey('').sk);
  return {
    subscriptions: subscriptionsIn(items).map(({ record }) => record),
    announced: item ? announcedFrom(item) : NOTHING_ANNOUNCED,
  };
}

function announcedFrom(item: Item): Announced {
  return {
    allowed: field(item, 'allowed', isFlag),
    reason: field(item, 'reason', isReason),
    until: field(item, 'until', isNumberOrNull),
    plan: field(item, 'plan', isTextOrNull),
    version: field(item, 'version', isNumber),
    at: field(item, 'at', isNumber),
    pending: field(item, 'pending', areChanges),
  };
}

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isReason = (value: unknown): value is AccessReason => typeof value === 'string';
const isNumberOrNull = (value: unknown): value is number | null => value === null || isNumber(value);
const areChanges = (value: unknown): value is AccessChange[] =>
  Array.isArray(value) && value.every((change) => has(change, 'type', 'id', 'version', 'userId'));
