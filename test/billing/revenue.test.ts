import { describe, expect, it } from '@jest/globals';
import { bringsRevenue, monthlyAmount, PLAIN_TERMS, type Terms } from '../../billing/revenue.ts';
import { revenueOf } from '../../billing/revenue-by-plan.ts';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import { subscriptionRecordOf } from '../support/subscription.ts';

const terms = (wanted: Partial<Terms>): Terms => ({ ...PLAIN_TERMS, ...wanted });

describe('what a subscription brings in a month', () => {
  it.each([
    [{ amount: 2900, interval: 'month' }, {}, 2900],
    [{ amount: 2900, interval: 'month', quantity: 3 }, {}, 8700],
    [{ amount: 60_000, interval: 'year' }, {}, 5000],
    [{ amount: 9000, interval: 'month' }, { intervalCount: 3 }, 3000],
    [{ amount: 24_000, interval: 'year' }, { intervalCount: 2 }, 1000],
    [{ amount: 1200, interval: 'week' }, {}, 5200], // 1,200 x 52 / 12
    [{ amount: 1200, interval: 'day' }, {}, 36_500], // 1,200 x 365 / 12
    [{ amount: 0, interval: 'month' }, {}, 0],
  ] as const)('is its price by its interval: %j, %j', (record, small, expected) => {
    expect(monthlyAmount(subscriptionRecordOf(record), terms(small))).toBeCloseTo(expected, 6);
  });

  it('is less what is taken off for ever, of each payment, and never less than nothing', () => {
    const yearly = subscriptionRecordOf({ amount: 60_000, interval: 'year', quantity: 2 });
    const percent = { percentOff: 25, amountOff: null };
    const amount = { percentOff: null, amountOff: 6000 };
    expect(monthlyAmount(yearly, terms({ discounts: [percent] }))).toBeCloseTo(7500, 6); // 120,000 x 0.75 / 12
    expect(monthlyAmount(yearly, terms({ discounts: [amount] }))).toBeCloseTo(9500, 6); // (120,000 - 6,000) / 12
    expect(monthlyAmount(yearly, terms({ discounts: [{ percentOff: null, amountOff: 999_999 }] }))).toBe(0);
  });

  it('cannot be said of a price that is no plain amount', () => {
    expect(monthlyAmount(subscriptionRecordOf({ amount: null }), PLAIN_TERMS)).toBeNull();
    expect(monthlyAmount(subscriptionRecordOf({ interval: null }), PLAIN_TERMS)).toBeNull();
  });

  it.each([
    ['active', true],
    ['past_due', true],
    ['trialing', false],
    ['unpaid', false],
    ['paused', false],
    ['incomplete', false],
    ['incomplete_expired', false],
    ['canceled', false],
    ['unknown', false],
  ] as const)('counts while it is %s: %s', (status, counts) => {
    expect(bringsRevenue(subscriptionRecordOf({ status }))).toBe(counts);
  });

  it('does not count while its collection is paused', () => {
    expect(bringsRevenue(subscriptionRecordOf({ collectionPaused: 'void' }))).toBe(false);
  });
});

describe('recurring revenue', () => {
  const named = (id: string, wanted: Partial<SubscriptionRecord>) => subscriptionRecordOf({ id, ...wanted });
  const records = [
    named('sub_a', { plan: 'pro_monthly', amount: 2900 }),
    named('sub_b', { plan: 'pro_monthly', amount: 2900, status: 'trialing' }),
    named('sub_c', { plan: 'pro_monthly', amount: 2900, status: 'canceled' }),
    named('sub_d', { plan: 'pro_yearly', amount: 29_000, interval: 'year' }),
    named('sub_e', { plan: 'pro_yearly', amount: 29_000, interval: 'year', status: 'past_due' }),
    named('sub_f', { plan: null, amount: 1000, currency: 'eur' }),
    named('sub_g', { plan: null, amount: null, currency: 'eur' }),
  ];

  it('is added up by currency and by plan, and rounded at the end', () => {
    const { mrr, plans, unpriced } = revenueOf(records, () => PLAIN_TERMS);
    // 2,900 + 2 x 29,000 / 12 = 7,733.33
    expect(mrr).toEqual([
      { currency: 'usd', amount: 7733, subscriptions: 3 },
      { currency: 'eur', amount: 1000, subscriptions: 1 },
    ]);
    expect(unpriced).toBe(1);
    expect(plans).toEqual([
      {
        plan: 'pro_monthly',
        mrr: { currency: 'usd', amount: 2900, subscriptions: 1 },
        statuses: { active: 1, trialing: 1 },
      },
      {
        plan: 'pro_yearly',
        mrr: { currency: 'usd', amount: 4833, subscriptions: 2 },
        statuses: { active: 1, past_due: 1 },
      },
      { plan: null, mrr: { currency: 'eur', amount: 1000, subscriptions: 1 }, statuses: { active: 2 } },
    ]);
  });

  it('takes each subscription’s own discount', () => {
    const half = terms({ discounts: [{ percentOff: 50, amountOff: null }] });
    const { mrr } = revenueOf(records, (id) => (id === 'sub_a' ? half : PLAIN_TERMS));
    expect(mrr[0]).toMatchObject({ amount: 6283 }); // 1,450 + 4,833.33
  });
});
