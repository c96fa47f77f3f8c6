import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf } from '../../../billing/subscription.ts';
import { revenueReport, type RevenueReport } from '../../../clients/revenue/report.ts';
import { erased } from '../../../clients/records/erased.ts';
import { advance } from '../../local/stripe/sim.ts';
import { openAccount, type Account } from '../reconcile/account.ts';

const DAY = 86_400;

let account: Account;
let report: RevenueReport;

/** Four months of a small business, at the end of which somebody's card has failed, and somebody else's was mended. */
beforeAll(async () => {
  account = await openAccount();
  const { stripe, url } = account;
  const discounted = await account.subscribe('ada');
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'forever' });
  const ending = await stripe.coupons.create({ percent_off: 10, duration: 'repeating', duration_in_months: 24 });
  await stripe.subscriptions.update(discounted.id, { discounts: [{ coupon: coupon.id }, { coupon: ending.id }] });
  const leaver = await account.subscribe('bob');
  const late = await account.subscribe('cy');
  const gone = await account.subscribe('dan');
  await account.subscribe(null);
  await advance({ url }, 33 * DAY);
  await stripe.subscriptions.cancel(leaver.id);
  await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: idOf(late.customer) });
  const { data } = await stripe.customers.listPaymentMethods(idOf(late.customer));
  const failing = data.find(({ card }) => card?.last4 === '0341')?.id ?? '';
  await stripe.customers.update(idOf(late.customer), { invoice_settings: { default_payment_method: failing } });
  await advance({ url }, 30 * DAY);
  await account.run();
  await erased(account.table).mark('dan', gone.id);
  const { stripe: counted, table, pace } = account.parts();
  account.calls.taken();
  report = await revenueReport({ stripe: counted, table, pace, months: 4 });
});
afterAll(() => account.stop());

describe('the report', () => {
  it('counts what is recorded, with the discounts that Stripe knows to be for ever', () => {
    // 1,450 of ada, and 2,900 of cy, who is past due; dan was erased, and one is nobody's
    expect(report.mrr).toEqual([{ currency: 'usd', amount: 4350, subscriptions: 2 }]);
    expect(report.plans).toMatchObject([{ plan: 'pro_monthly', statuses: { active: 1, past_due: 1 } }]);
  });

  it('says for each month what began, ended and failed, by Stripe’s time', () => {
    const sum = (of: (month: RevenueReport['months'][number]) => number) =>
      report.months.reduce((total, month) => total + of(month), 0);
    expect(report.months).toHaveLength(4);
    expect(report.months.at(-1)?.month).toBe(new Date(report.at * 1000).toISOString().slice(0, 7));
    expect(sum(({ began }) => began)).toBe(3);
    expect(sum(({ ended }) => ended)).toBe(1);
    expect(report.months.at(-1)?.atEnd).toBe(2);
    expect([sum(({ failed }) => failed), sum(({ due }) => due), sum(({ recovered }) => recovered)]).toEqual([1, 1, 0]);
  });

  it('asks Stripe twice a hundred, and for nothing else', () => {
    expect(account.calls.taken()).toEqual(['GET /v1/subscriptions', 'GET /v1/invoices']);
  });
});
