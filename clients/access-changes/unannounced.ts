import { nextAnnouncement } from '../../billing/access-change.ts';
import { ItemError, type Item } from '../records/items.ts';
import type { Place } from '../records/many.ts';
import { isSubscriptionKey } from '../records/table.ts';
import { standingIn } from './announced.ts';
import type { AnnouncerParts } from './announcer.ts';

/**
 * The users of whom something may be left to announce: what time alone has changed, and what was given up. Found in a page of the
 * table's items without a further read; of whom it cannot be told, because some of their items are not on the page, is one of them.
 *
 * @param items in the table's order, all of a user's after each other
 * @param from where the page began, if not at the beginning
 */
export function unannounced(
  items: readonly Item[],
  from: Place | null,
  { decide, now }: Pick<AnnouncerParts, 'decide' | 'now'>,
): string[] {
  return byUser(items).flatMap(([userId, own]) => {
    const cut = userId === from?.pk;
    return cut || isLeft(userId, own, decide, now()) ? [userId] : [];
  });
}

function isLeft(userId: string, items: readonly Item[], decide: AnnouncerParts['decide'], now: number): boolean {
  try {
    const { subscriptions, announced } = standingIn(items);
    if (announced.pending.length > 0) return true;
    return nextAnnouncement(userId, announced, decide(subscriptions, now), now) !== undefined;
  } catch (error) {
    // What cannot be read is named where it is compared with Stripe's.
    if (error instanceof ItemError) return false;
    throw error;
  }
}

function byUser(items: readonly Item[]): [userId: string, items: Item[]][] {
  const users = new Map<string, Item[]>();
  for (const item of items) {
    const userId = String(item['pk']);
    users.set(userId, [...(users.get(userId) ?? []), item]);
  }
  // Who never had a subscription has nothing to be announced.
  return [...users].filter(([, own]) => own.some(({ sk }) => isSubscriptionKey(sk)));
}
