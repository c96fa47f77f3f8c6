import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { decideAccess } from '../../billing/access.ts';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import { announcedAccess } from '../../clients/access-changes/announced.ts';
import { announcer } from '../../clients/access-changes/announcer.ts';
import { accessChangesBus } from '../../clients/access-changes/bus.ts';
import * as left from '../../clients/access-changes/unannounced.ts';
import type { Item } from '../../clients/records/items.ts';
import type { Place } from '../../clients/records/many.ts';
import { nowSeconds, numberSetting, setting } from './env.ts';
import { log } from './log.ts';
import { count } from './metrics.ts';
import { table } from './table.ts';

export const policy = { graceDays: numberSetting('GRACE_DAYS') };

const rule = {
  decide: (records: readonly SubscriptionRecord[], now: number) => decideAccess(records, now, policy),
  now: nowSeconds,
};
const announceAll = announcer({
  access: announcedAccess(table),
  bus: accessChangesBus(new EventBridgeClient({}), setting('ACCESS_CHANGES_BUS')),
  ...rule,
});

/** Tells what changed about a user's access since the last time, and logs it: by ids alone. */
export async function announce(userId: string): Promise<void> {
  for (const { type, id, subscriptionId, plan, reason } of await announceAll(userId)) {
    log.info(type, { userId, id, subscriptionId, plan, reason });
    count({ AccessChanges: 1 }, { Type: type });
  }
}

/** The users of a page of the table's items of whom something may be left to announce. */
export const unannounced = (items: readonly Item[], from: Place | null) => left.unannounced(items, from, rule);
