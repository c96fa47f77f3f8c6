import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decideAccess } from '../../billing/access.ts';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import { DAY, NOON, subscriptionRecordOf } from '../support/subscription.ts';

const policy = { graceDays: 7 };
const access = (...subscriptions: Partial<SubscriptionRecord>[]) =>
  decideAccess(subscriptions.map(subscriptionRecordOf), NOON, policy);

describe('access', () => {
  it('is denied to those who never subscribed', () => {
    expect(access()).toEqual({ allowed: false, reason: 'no_subscription', until: null, subscription: null });
  });

  it.each(['active', 'trialing'] as const)('is given by a subscription that is %s', (status) => {
    expect(access({ status })).toMatchObject({ allowed: true, reason: status, until: null });
  });

  it.each(['unpaid', 'paused', 'incomplete', 'incomplete_expired', 'canceled', 'unknown'] as const)(
    'is not given by one that is %s',
    (status) => expect(access({ status })).toMatchObject({ allowed: false, reason: status, until: null }),
  );

  it('lasts until the end that a cancellation has set, and no longer', () => {
    const end = NOON + DAY;
    expect(access({ cancelAt: end })).toMatchObject({ allowed: true, reason: 'canceling', until: end });
    expect(access({ cancelAt: NOON })).toMatchObject({ allowed: false, reason: 'canceled' });
  });

  it('goes on for the grace days after a renewal was not paid, counted from the start of the unpaid period', () => {
    const pastDue = { status: 'past_due', currentPeriodStart: NOON - 6 * DAY } as const;
    expect(access(pastDue)).toMatchObject({ allowed: true, reason: 'past_due_grace', until: NOON + DAY });
    expect(access({ ...pastDue, currentPeriodStart: NOON - 7 * DAY })).toMatchObject({
      allowed: false,
      reason: 'past_due',
    });
  });

  it('does not outlast a cancellation by grace days', () => {
    const pastDue = { status: 'past_due', currentPeriodStart: NOON - DAY, cancelAt: NOON + DAY } as const;
    expect(access(pastDue)).toMatchObject({ allowed: true, until: NOON + DAY });
  });

  it('is decided by the best of several subscriptions', () => {
    const best = { id: 'sub_best', status: 'active' } as const;
    expect(access({ status: 'canceled' }, best, { status: 'past_due' })).toMatchObject({
      subscription: { id: 'sub_best' },
    });
  });

  it('without any that gives it, is explained by the one that can still be mended', () => {
    expect(access({ status: 'canceled' }, { status: 'unpaid' })).toMatchObject({ allowed: false, reason: 'unpaid' });
  });

  it('does not depend on the order of the subscriptions', () => {
    const status = fc.constantFrom(
      'active',
      'trialing',
      'past_due',
      'unpaid',
      'paused',
      'canceled',
      'incomplete' as const,
    );
    const time = fc.integer({ min: NOON - 20 * DAY, max: NOON + 20 * DAY });
    const one = fc.record({
      id: fc.uuid(),
      status,
      cancelAt: fc.option(time),
      currentPeriodStart: time,
      createdAt: time,
    }) as fc.Arbitrary<Partial<SubscriptionRecord>>;
    const several = fc.uniqueArray(one, { selector: ({ id }) => id, maxLength: 4 });
    fc.assert(fc.property(several, (list) => expect(access(...list.toReversed())).toEqual(access(...list))));
  });
});
