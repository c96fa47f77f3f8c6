import { describe, expect, it } from '@jest/globals';
import { churnIn, monthsUpTo, paidSince } from '../../billing/churn.ts';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import { DAY, NOON, subscriptionRecordOf } from '../support/subscription.ts';

const at = (text: string): number => Date.parse(`${text}Z`) / 1000;
const life = (from: string, to: string | null, wanted: Partial<SubscriptionRecord> = {}) =>
  subscriptionRecordOf({
    createdAt: at(from),
    endedAt: to === null ? null : at(to),
    status: to === null ? 'active' : 'canceled',
    ...wanted,
  });

describe('the months', () => {
  it('are those of the calendar in UTC, up to the one that goes on', () => {
    expect(monthsUpTo(NOON, 3)).toEqual([
      { name: '2026-11', from: at('2026-11-01T00:00'), to: at('2026-12-01T00:00') },
      { name: '2026-12', from: at('2026-12-01T00:00'), to: at('2027-01-01T00:00') },
      { name: '2027-01', from: at('2027-01-01T00:00'), to: at('2027-02-01T00:00') },
    ]);
  });

  it('have the length that they have', () => {
    const [february] = monthsUpTo(at('2028-02-29T23:59:59'), 1);
    expect(february).toMatchObject({ name: '2028-02', to: at('2028-03-01T00:00') });
  });
});

describe('churn', () => {
  const december = { name: '2026-12', from: at('2026-12-01T00:00'), to: at('2027-01-01T00:00') };
  const records = [
    life('2026-10-03T00:00', null),
    life('2026-11-30T23:59:59', '2026-12-31T23:59:59'),
    life('2026-11-05T00:00', '2027-01-01T00:00'),
    life('2026-11-05T00:00', '2026-11-30T23:59:59'),
    life('2026-12-01T00:00', null),
    life('2026-12-02T00:00', '2026-12-20T00:00'),
    life('2027-01-01T00:00', null),
  ];

  it('is the part that ended of those that were held at some time in the month', () => {
    expect(churnIn(records, december)).toEqual({
      month: '2026-12',
      atStart: 3,
      began: 2,
      ended: 2,
      atEnd: 3,
      rate: 2 / 5,
    });
  });

  it('goes over from one month into the next', () => {
    const months = monthsUpTo(at('2027-01-15T00:00'), 4).map((month) => churnIn(records, month));
    for (const [index, month] of months.entries()) expect(months[index + 1]?.atStart ?? month.atEnd).toBe(month.atEnd);
  });

  it('is none where there was nobody', () => {
    expect(churnIn([], december)).toMatchObject({ atStart: 0, began: 0, ended: 0, atEnd: 0, rate: null });
  });
});

describe('a subscription is paid', () => {
  const created = NOON;
  const trial = { createdAt: created, trialStart: created, trialEnd: created + 14 * DAY };

  it.each<[string, Partial<SubscriptionRecord>, number | undefined]>([
    ['since it was made', { createdAt: created }, created],
    ['since its trial is over', trial, created + 14 * DAY],
    ['since it was made, when its trial was over before', { createdAt: created, trialEnd: created - DAY }, created],
    ['not while it is tried', { ...trial, status: 'trialing' }, undefined],
    ['not when its trial ended without a card', { ...trial, status: 'paused' }, undefined],
    ['not when it ended with its trial', { ...trial, status: 'canceled', endedAt: created + 14 * DAY }, undefined],
    ['not when it ended in its trial', { ...trial, status: 'canceled', endedAt: created + DAY }, undefined],
    ['not before its first payment', { createdAt: created, status: 'incomplete' }, undefined],
    ['not when that was never made', { createdAt: created, status: 'incomplete_expired' }, undefined],
    ['while it is past due', { createdAt: created, status: 'past_due' }, created],
  ])('%s', (_, record, expected) => {
    expect(paidSince(subscriptionRecordOf(record))).toBe(expected);
  });
});
