import { beforeEach, expect, it } from '@jest/globals';
import { emptyState, type Objects, type State } from '../../../../local/stripe/core/state.ts';
import { comingFor } from '../../../../local/stripe/pages/dashboard/coming.ts';
import { DAY, invoice, PRO, START, subscription } from './told.ts';

let state: State;
beforeEach(() => {
  state = emptyState();
});

const mine = { customer: 'cus_1' };
const at = (day: number): number => START + day * DAY;
const item = { price: PRO, quantity: 1, current_period_end: at(31) };
const subscribed = (fields: object = {}) =>
  keep(
    'subscriptions',
    'sub_1',
    subscription({ ...mine, items: { data: [item] }, cancel_at_period_end: false, ...fields }),
  );

function keep(kind: keyof Objects, id: string, object: object): void {
  (state.objects[kind] as Map<string, object>).set(id, object);
}
/** Days from the start. */
const coming = () => comingFor(state, 'cus_1').map(({ at: when, words }) => [(when - START) / DAY, words]);

it('a retry comes before the next period', () => {
  subscribed({ status: 'past_due' });
  const open = { ...mine, status: 'open', amount_remaining: 2900, next_payment_attempt: at(3) };
  keep('invoices', 'in_1', invoice(open));
  expect(coming()).toEqual([
    [3, 'Attempt 2 to charge $29.00 of invoice A-0001'],
    [31, 'Next period'],
  ]);
});

it('a renewal’s draft is charged when it is finalised', () => {
  const draft = { ...mine, number: null, status: 'draft', automatically_finalizes_at: at(1), amount_remaining: 2900 };
  keep('invoices', 'in_1', invoice(draft));
  expect(coming()).toEqual([[1, '$29.00 of the draft is charged']]);
});

it.each([
  ['the end that was asked for comes instead of a next period', { cancel_at: at(20) }, [[20, 'The subscription ends']]],
  ['a trial ends', { status: 'trialing' }, [[31, 'The trial ends, and the first paid period begins']]],
  [
    'a paused collection goes on',
    { pause_collection: { resumes_at: at(9) } },
    [
      [9, 'Collection goes on'],
      [31, 'Next period'],
    ],
  ],
  ['nothing comes after the end', { status: 'canceled' }, []],
  ['a paused subscription does not renew', { status: 'paused' }, []],
])('%s', (_, fields, expected) => {
  subscribed(fields);
  expect(coming()).toEqual(expected);
});

it('a payment by bank is settled days later', () => {
  keep('paymentIntents', 'pi_1', { ...mine, amount: 900, currency: 'usd' });
  state.settlements.set('pi_1', at(4));
  expect(coming()).toEqual([[4, 'The bank says whether $9.00 came']]);
});

it('what comes for others is not told', () => {
  subscribed({ customer: 'cus_2' });
  expect(coming()).toEqual([]);
});
