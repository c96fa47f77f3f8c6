import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '../../../../local/stripe/core/state.ts';
import { marksOf } from '../../../../local/stripe/pages/dashboard/time-line/marks.ts';
import { DAY, invoice, names, PRO, START, subscription, told } from './told.ts';

const marks = (...events: readonly StoredEvent[]) =>
  marksOf(events, names).map(({ kind, at, words }) => [(at - START) / DAY, kind, words]);
const updated = (day: number, now: object, before: object) =>
  told('customer.subscription.updated', day, subscription(now), before);

describe('a mark stands for', () => {
  it('a payment, and says so when it came late', () => {
    expect(
      marks(
        told('invoice.paid', 0, invoice()),
        told(
          'invoice.paid',
          34,
          invoice({ number: 'A-0002', status_transitions: { finalized_at: START, paid_at: START + 3 * DAY } }),
        ),
      ),
    ).toEqual([
      [0, 'paid', 'Invoice A-0001: $9.00 paid'],
      [34, 'paid', 'Invoice A-0002: $9.00 paid, 3 days late'],
    ]);
  });

  it('an invoice of nothing, as a trial has it', () => {
    expect(marks(told('invoice.paid', 0, invoice({ amount_paid: 0 })))).toEqual([
      [0, 'free', 'Invoice A-0001: nothing was due'],
    ]);
  });

  it('each failed attempt, with when it is tried again', () => {
    const open = { amount_remaining: 900, amount_paid: 0 };
    expect(
      marks(
        told('invoice.payment_failed', 31, invoice({ ...open, next_payment_attempt: START + 34 * DAY })),
        told('invoice.payment_failed', 34, invoice({ ...open, attempt_count: 2 })),
      ),
    ).toEqual([
      [31, 'failed', 'Invoice A-0001: attempt 1 of $9.00 failed, next attempt 4 Apr 2027'],
      [34, 'failed', 'Invoice A-0001: attempt 2 of $9.00 failed, no further attempt'],
    ]);
  });

  it('a change of plan, and not for a renewal, which changes the items as well', () => {
    const items = { items: { data: [{ price: PRO, quantity: 2 }] } };
    const before = { items: subscription().items };
    expect(marks(updated(9, items, before), updated(31, {}, before))).toEqual([
      [9, 'plan', 'Plan changed from Starter to 2 × Pro'],
    ]);
  });

  it('a cancellation, its taking back, and the end with its reason', () => {
    const deleted = { status: 'canceled', cancellation_details: { reason: 'cancellation_requested' } };
    expect(
      marks(
        updated(3, { cancel_at: START + 31 * DAY }, { cancel_at: null }),
        updated(4, {}, { cancel_at: START + 31 * DAY }),
        told('customer.subscription.deleted', 5, subscription(deleted)),
      ),
    ).toEqual([
      [3, 'ending', 'Cancelled, to end 1 Apr 2027'],
      [4, 'ending', 'Cancellation taken back'],
      [5, 'ended', 'Ended, as asked for'],
    ]);
  });

  it('a change of card once, whether subscription, customer or both tell it', () => {
    const settings = { invoice_settings: { default_payment_method: 'pm_2' } };
    const customer = told('customer.updated', 7, settings, { invoice_settings: { default_payment_method: 'pm_1' } });
    const own = updated(7, { default_payment_method: 'pm_2' }, { default_payment_method: 'pm_1' });
    expect(marks(customer, own)).toEqual([[7, 'card', 'Card changed to card 2']]);
  });

  it('money that goes back', () => {
    const charge = { currency: 'usd', amount: 900, amount_refunded: 500 };
    expect(
      marks(told('charge.refunded', 2, charge), told('charge.dispute.created', 3, { currency: 'usd', amount: 900 })),
    ).toEqual([
      [2, 'refunded', '$5.00 given back'],
      [3, 'disputed', '$9.00 disputed'],
    ]);
  });
});

it('the card and the plan that a subscription begins with are no changes', () => {
  const begins = told('customer.subscription.created', 0, subscription());
  const first = updated(0, { default_payment_method: 'pm_1' }, { default_payment_method: null });
  expect(marks(begins, first)).toEqual([[0, 'started', 'Subscribed: Starter']]);
});

it('what people need not see has no mark', () => {
  const quiet = ['invoice.updated', 'invoice.finalized', 'payment_intent.succeeded', 'customer.updated'] as const;
  expect(marks(...quiet.map((type) => told(type, 1, invoice(), {})))).toEqual([]);
});
