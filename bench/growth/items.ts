import { NOTHING_ANNOUNCED } from '../../billing/access-change.ts';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import type { Item } from '../../clients/records/items.ts';
import { accessKey, customerKey, subscriptionKey } from '../../clients/records/table.ts';
import { subscriptionRecordOf } from '../../test/support/subscription.ts';

/** The nth of many subscribers who are all alike: nothing has to be held of them. */
export const userOf = (n: number): string => `user-${String(n).padStart(9, '0')}`;
export const subscriptionIdOf = (n: number): string => `sub_${String(n).padStart(20, '0')}`;
/** From the id of a user or a subscription. */
export const numberOf = (id: string): number => Number(/\d+$/.exec(id)?.[0]);

export const recordOf = (n: number): SubscriptionRecord =>
  subscriptionRecordOf({ id: subscriptionIdOf(n), customerId: `cus_${n}` });

export const subscriptionItem = (n: number): Item => ({
  ...subscriptionKey(userOf(n), subscriptionIdOf(n)),
  record: recordOf(n),
  asOf: { from: 1, to: 1 },
  version: 1,
});

/** What was announced about somebody whose subscription is active. */
const accessItem = (n: number): Item => ({
  ...accessKey(userOf(n)),
  ...NOTHING_ANNOUNCED,
  allowed: true,
  reason: 'active',
  plan: 'pro_monthly',
  version: 1,
});

const customerItem = (n: number): Item => ({
  ...customerKey(userOf(n)),
  customerId: `cus_${n}`,
  email: `${userOf(n)}@example.com`,
  checkout: null,
  version: 2,
});

/** A user's items in the table's order, each made when it is asked for. */
export const ITEMS: readonly ((n: number) => Item)[] = [accessItem, customerItem, subscriptionItem];

/** As AWS counts: names and texts in UTF-8, two digits of a number a byte, a byte around everything else. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (typeof value !== 'object' || value === null) return 1;
  const parts = Array.isArray(value) ? value.map((each) => sizeOf(each)) : Object.entries(value).map(fieldSize);
  return 3 + parts.reduce((sum, part) => sum + part + 1, 0);
}

const fieldSize = ([name, value]: [string, unknown]): number => Buffer.byteLength(name) + sizeOf(value);
