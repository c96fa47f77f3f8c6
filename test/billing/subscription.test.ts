import { describe, expect, it } from '@jest/globals';
import { isLive, ownerOf, sameRecord, subscriptionRecord } from '../../billing/subscription.ts';
import { NOON, stripeSubscription, subscriptionRecordOf } from '../support/subscription.ts';

describe('a subscription record', () => {
  it('takes the period from the item, where it is since 2025', () => {
    expect(subscriptionRecord(stripeSubscription())).toEqual(subscriptionRecordOf());
  });

  it('is scheduled to end by cancel_at (flexible billing) or at the end of the period (classic billing)', () => {
    const flexible = stripeSubscription({ cancel_at: NOON + 5 });
    const classic = stripeSubscription({ cancel_at_period_end: true, period: { start: NOON, end: NOON + 7 } });
    expect(subscriptionRecord(flexible).cancelAt).toBe(NOON + 5);
    expect(subscriptionRecord(classic).cancelAt).toBe(NOON + 7);
  });

  it('keeps the plan of its price when the lookup key has moved on to a newer price', () => {
    const old = stripeSubscription({ price: { lookup_key: null } });
    expect(subscriptionRecord(old).plan).toBe('pro_monthly');
    const foreign = stripeSubscription({ price: { lookup_key: null, metadata: {} } });
    expect(subscriptionRecord(foreign).plan).toBeNull();
  });

  it('calls a status that this version does not know unknown', () => {
    expect(subscriptionRecord(stripeSubscription({ status: 'sleeping' })).status).toBe('unknown');
  });

  it('says why it ended once it has, not while the end is only scheduled', () => {
    const cancellation_details = {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: 'payment_disputed',
    } as const;
    const ended = stripeSubscription({ status: 'canceled', ended_at: NOON, cancellation_details });
    const ending = stripeSubscription({ cancel_at: NOON, cancellation_details });
    expect(subscriptionRecord(ended).endedBecause).toBe('payment_disputed');
    expect(subscriptionRecord(ending).endedBecause).toBeNull();
  });

  it('is active while only the collection of payments is paused, and says until when', () => {
    const paused = stripeSubscription({ pause_collection: { behavior: 'void', resumes_at: NOON + 9 } });
    expect(subscriptionRecord(paused)).toEqual(
      subscriptionRecordOf({ collectionPaused: 'void', collectionResumesAt: NOON + 9 }),
    );
  });

  it('says that it has no payment method of its own', () => {
    expect(subscriptionRecord(stripeSubscription({ default_payment_method: null })).hasPaymentMethod).toBe(false);
  });

  it('says whose it is by its metadata', () => {
    expect(ownerOf(stripeSubscription())).toBe('user-1');
    expect(ownerOf(stripeSubscription({ metadata: {} }))).toBeUndefined();
  });

  it('equals another when every field does', () => {
    expect(sameRecord(subscriptionRecordOf(), subscriptionRecordOf())).toBe(true);
    expect(sameRecord(subscriptionRecordOf(), subscriptionRecordOf({ cancelAt: NOON }))).toBe(false);
  });

  it.each(['past_due', 'unpaid', 'paused', 'incomplete', 'unknown'] as const)('is live while it is %s', (status) => {
    expect(isLive({ status })).toBe(true);
  });
  it.each(['canceled', 'incomplete_expired'] as const)('is over when it is %s', (status) => {
    expect(isLive({ status })).toBe(false);
  });
});
