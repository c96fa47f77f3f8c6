import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { decideAccess } from '../../billing/access.ts';
import { announcedAccess } from '../../clients/access-changes/announced.ts';
import { announcer } from '../../clients/access-changes/announcer.ts';
import { accessChangesBus } from '../../clients/access-changes/bus.ts';
import { openTable } from '../../clients/records/table.ts';
import { nowSeconds, numberSetting, setting } from './env.ts';
import { log } from './log.ts';

export const policy = { graceDays: numberSetting('GRACE_DAYS') };

const announceAll = announcer({
  access: announcedAccess(openTable(setting('TABLE_NAME'))),
  bus: accessChangesBus(new EventBridgeClient({}), setting('ACCESS_CHANGES_BUS')),
  decide: (records, now) => decideAccess(records, now, policy),
  now: nowSeconds,
});

/** Tells what changed about a user's access since the last time, and logs it: by ids alone. */
export async function announce(userId: string): Promise<void> {
  for (const { type, id, subscriptionId, plan, reason } of await announceAll(userId))
    log.info(type, { id, subscriptionId, plan, reason });
}
