import { describe, expect, it } from '@jest/globals';
import { NOTHING_ANNOUNCED, type AccessChange, type Announced } from '../../billing/access-change.ts';
import { decideAccess } from '../../billing/access.ts';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import type { Standing } from '../../clients/access-changes/announced.ts';
import { announcer } from '../../clients/access-changes/announcer.ts';
import { DAY, NOON, subscriptionRecordOf } from '../support/subscription.ts';

const PAST_DUE = subscriptionRecordOf({ status: 'past_due', currentPeriodStart: NOON - DAY });
const RENEWED = subscriptionRecordOf({ status: 'active', currentPeriodStart: NOON - DAY });
const policy = { graceDays: 2 };

const IN_GRACE: Announced = {
  ...NOTHING_ANNOUNCED,
  allowed: true,
  reason: 'past_due_grace',
  until: NOON + DAY,
  plan: 'pro_monthly',
  version: 1,
  at: NOON,
};

/** The grace days end while the records are read, which each time take what is next of `reads`. */
async function announceWhileGraceEnds(...reads: SubscriptionRecord[]): Promise<AccessChange[]> {
  const told: AccessChange[] = [];
  let [time, stored] = [NOON, IN_GRACE];
  const read = (): Promise<Standing> => {
    time = NOON + DAY;
    const record = reads.length > 1 ? reads.shift() : reads[0];
    return Promise.resolve({ subscriptions: record ? [record] : [], announced: stored });
  };
  const announce = announcer({
    access: { read, save: (_, next) => Promise.resolve(((stored = next), 'saved' as const)) },
    bus: { tell: (changes) => Promise.resolve(void told.push(...changes)) },
    decide: (records, now) => decideAccess(records, now, policy),
    now: () => time,
  });
  await announce('user-1');
  return told;
}

describe('grace days that end while the records are read', () => {
  it('cost nobody access who paid in time: what was read may be older than their end', async () => {
    const told = await announceWhileGraceEnds(PAST_DUE, RENEWED);
    expect(told.map(({ type }) => type)).toEqual(['access.secured']);
  });

  it('are announced by the next look', async () => {
    const told = await announceWhileGraceEnds(PAST_DUE, PAST_DUE);
    expect(told.map(({ type }) => type)).toEqual(['access.lost']);
  });
});
