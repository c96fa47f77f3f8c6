import type { RememberedCheckout } from '../../billing/checkout.ts';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import type { AsOf } from '../../billing/ordering.ts';
import type { CustomerRecord, StoredSubscription } from '../../billing/user.ts';
import { isSubscriptionKey } from './table.ts';

/**
 * What stands in the table, as we wrote it. The shapes are ours alone, written through the functions beside this file,
 * so reading checks that an item is whole (`ItemError`) and not each field again.
 */
export type Item = Record<string, unknown>;

export class ItemError extends Error {
  override readonly name = 'ItemError';
}

export function customerFrom(item: Item): CustomerRecord {
  return {
    customerId: field(item, 'customerId', isText),
    email: field(item, 'email', isTextOrNull),
    checkout: field(item, 'checkout', isCheckoutOrNull),
    version: field(item, 'version', isNumber),
  };
}

export function subscriptionFrom(item: Item): StoredSubscription {
  return {
    record: field(item, 'record', isRecord),
    asOf: asOfIn(item),
    version: field(item, 'version', isNumber),
  };
}

/** The subscriptions among a user's items. */
export const subscriptionsIn = (items: readonly Item[]): StoredSubscription[] =>
  items.filter((item) => isSubscriptionKey(item['sk']) && !isErased(item)).map(subscriptionFrom);

/** Stands in the place of a subscription whose user was erased: it says nothing, and keeps what comes late away. */
export const isErased = (item: Item): boolean => item['erased'] === true;

export const asOfIn = (item: Item): AsOf => field(item, 'asOf', isAsOf);

export function field<T>(item: Item, name: string, is: (value: unknown) => value is T): T {
  const value = item[name];
  if (!is(value))
    throw new ItemError(`item ${String(item['pk'])} ${String(item['sk'])}: "${name}" is not what it was written as`);
  return value;
}

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => typeof value === 'number';
export const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);

export const has = (value: unknown, ...names: string[]): boolean =>
  typeof value === 'object' && value !== null && names.every((name) => name in value);

const isCheckoutOrNull = (value: unknown): value is RememberedCheckout | null =>
  value === null || has(value, 'sessionId', 'plan');
const isAsOf = (value: unknown): value is AsOf => has(value, 'from', 'to');
const isRecord = (value: unknown): value is SubscriptionRecord => has(value, 'id', 'status', 'customerId', 'cancelAt');
