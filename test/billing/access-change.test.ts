import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { accessBy, decideAccess } from '../../billing/access.ts';
import { nextAnnouncement, NOTHING_ANNOUNCED, sayTheSame, type Announced } from '../../billing/access-change.ts';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import { DAY, NOON, subscriptionRecordOf } from '../support/subscription.ts';

const policy = { graceDays: 7 };
const SOON = NOON + 3 * DAY;

const next = (last: Announced, subscriptions: SubscriptionRecord[], at = NOON) =>
  nextAnnouncement('user-1', last, decideAccess(subscriptions, at, policy), at);

/** What is announced of one record after another, each told before the next comes. */
function typesOf(...steps: Partial<SubscriptionRecord>[]): string[][] {
  let last = NOTHING_ANNOUNCED;
  return steps.map((wanted) => {
    const announcement = next(last, [subscriptionRecordOf(wanted)]);
    last = announcement ?? last;
    return announcement?.pending.map(({ type }) => type) ?? [];
  });
}

const active = {};
const failed = { status: 'past_due' } as const;
const ended = { status: 'canceled' } as const;
const canceling = { cancelAt: SOON };

describe('what is announced about a user’s access', () => {
  it('is nothing for those who never had any', () => {
    expect(next(NOTHING_ANNOUNCED, [])).toBeUndefined();
    expect(typesOf({ status: 'incomplete' }, { status: 'incomplete_expired' })).toEqual([[], []]);
  });

  it('is that it is granted, at risk, secured again, and lost', () => {
    expect(typesOf(active, failed, active, ended)).toEqual([
      ['access.granted'],
      ['access.at_risk'],
      ['access.secured'],
      ['access.lost'],
    ]);
  });

  it('is that it is at risk when the subscription is going to end, and once more when that comes sooner', () => {
    const sooner = { cancelAt: SOON - DAY };
    expect(typesOf(active, canceling, canceling, sooner, active)).toEqual([
      ['access.granted'],
      ['access.at_risk'],
      [],
      ['access.at_risk'],
      ['access.secured'],
    ]);
  });

  it('is that it is at risk for another reason', () => {
    const graceEnds = NOON - DAY + 7 * DAY;
    expect(typesOf(active, { cancelAt: graceEnds }, failed)).toEqual([
      ['access.granted'],
      ['access.at_risk'],
      ['access.at_risk'],
    ]);
  });

  it('is that the plan changed, also when something else did at the same time', () => {
    const yearly = { plan: 'pro_yearly' };
    expect(typesOf(active, yearly, { ...yearly, cancelAt: SOON }, canceling)).toEqual([
      ['access.granted'],
      ['access.plan_changed'],
      ['access.at_risk'],
      ['access.plan_changed'],
    ]);
    expect(typesOf(active, { ...yearly, ...canceling })).toEqual([
      ['access.granted'],
      ['access.plan_changed', 'access.at_risk'],
    ]);
  });

  it('is nothing when a trial goes over into the plan, or a subscription ends that gave no access', () => {
    expect(typesOf({ status: 'trialing' }, active)).toEqual([['access.granted'], []]);
    expect(typesOf({ status: 'unpaid' }, ended)).toEqual([[], []]);
  });

  it('is that it is lost when time alone has ended it', () => {
    const granted = next(NOTHING_ANNOUNCED, [subscriptionRecordOf(failed)]);
    expect(granted).toMatchObject({ reason: 'past_due_grace', until: NOON + 6 * DAY });
    expect(granted && next(granted, [subscriptionRecordOf(failed)], NOON + 6 * DAY)?.pending).toMatchObject([
      { type: 'access.lost', reason: 'past_due', previousReason: 'past_due_grace', until: null },
    ]);
  });

  it('is that it is lost when the records are gone', () => {
    const granted = next(NOTHING_ANNOUNCED, [subscriptionRecordOf()]) ?? NOTHING_ANNOUNCED;
    expect(next(granted, [])?.pending).toMatchObject([
      { type: 'access.lost', plan: null, subscriptionId: null, customerId: null, previousPlan: 'pro_monthly' },
    ]);
  });
});

describe('a change', () => {
  it('says whose, by which subscription, what was and what is, under a number of its own', () => {
    const granted = next(NOTHING_ANNOUNCED, [subscriptionRecordOf()]) ?? NOTHING_ANNOUNCED;
    const both = next(granted, [subscriptionRecordOf({ ...canceling, plan: 'pro_yearly' })], NOON + DAY);
    const change = {
      userId: 'user-1',
      customerId: 'cus_1',
      subscriptionId: 'sub_1',
      plan: 'pro_yearly',
      previousPlan: 'pro_monthly',
      allowed: true,
      reason: 'canceling',
      previousReason: 'active',
      until: SOON,
      at: NOON + DAY,
    };
    expect(both?.pending).toEqual([
      { type: 'access.plan_changed', id: 'user-1/2', version: 2, ...change },
      { type: 'access.at_risk', id: 'user-1/3', version: 3, ...change },
    ]);
    expect(both).toMatchObject({ version: 3, at: NOON + DAY, plan: 'pro_yearly', reason: 'canceling', until: SOON });
  });
});

describe('a renewal', () => {
  const record = subscriptionRecordOf();
  const renewed = { ...record, currentPeriodStart: NOON, currentPeriodEnd: NOON + 30 * DAY };

  it('says the same about access as the period before', () => {
    expect(sayTheSame(record, renewed, policy)).toBe(true);
  });

  it.each<[string, SubscriptionRecord | undefined, SubscriptionRecord | undefined]>([
    ['that failed', record, { ...renewed, status: 'past_due' }],
    ['to another plan', record, { ...renewed, plan: 'pro_yearly' }],
    ['that is the last', record, { ...renewed, cancelAt: SOON }],
    ['that is the first', undefined, record],
    ['whose record is taken away', record, undefined],
    ['whose end came, long ago by now', { ...record, cancelAt: 1 }, { ...record, status: 'canceled' }],
  ])('%s does not', (_what, before, after) => {
    expect(sayTheSame(before, after, policy)).toBe(false);
  });

  it('of what gives no access says nothing', () => {
    expect(sayTheSame(undefined, { ...record, status: 'incomplete' }, policy)).toBe(true);
    expect(sayTheSame({ ...record, status: 'unpaid' }, { ...record, status: 'canceled' }, policy)).toBe(true);
  });
});

const statuses = ['active', 'trialing', 'past_due', 'unpaid', 'canceled', 'paused'] as const;
const record = fc
  .record({
    status: fc.constantFrom(...statuses),
    plan: fc.constantFrom('pro_monthly', 'pro_yearly'),
    cancelAt: fc.constantFrom(null, NOON - DAY, NOON, SOON),
    currentPeriodStart: fc.constantFrom(null, NOON - 8 * DAY, NOON - DAY, NOON),
    currentPeriodEnd: fc.constantFrom(NOON + 22 * DAY, NOON + 29 * DAY),
  })
  .map(subscriptionRecordOf);

it('records that say the same give the same access at every time', () => {
  const time = fc.constantFrom(0, NOON - 2 * DAY, NOON - DAY, NOON, NOON + 6 * DAY, NOON + 40 * DAY);
  fc.assert(
    fc.property(record, record, time, (a, b, now) => {
      if (!sayTheSame(a, b, policy)) return;
      const [x, y] = [accessBy(a, now, policy), accessBy(b, now, policy)];
      expect(x.allowed).toBe(y.allowed);
      if (x.allowed) expect([x, a.plan]).toEqual([y, b.plan]);
    }),
    { numRuns: 2000 },
  );
});
