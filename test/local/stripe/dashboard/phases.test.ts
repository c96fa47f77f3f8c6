import { expect, it } from '@jest/globals';
import { phasesOf } from '../../../../local/stripe/pages/dashboard/time-line/phases.ts';
import { DAY, invoice, START, subscription, told } from './told.ts';

const became = (day: number, status: string, fields: object = {}) =>
  told('customer.subscription.updated', day, subscription({ status, ...fields }));
const created = (status: string) => told('customer.subscription.created', 0, subscription({ status }));
/** Days from the start, for people who read a failure. */
const phases = (...events: Parameters<typeof phasesOf>[0]) =>
  phasesOf(events).map(({ kind, from, to }) => [kind, (from - START) / DAY, to === null ? null : (to - START) / DAY]);

it('a subscription without troubles is active from its beginning, and still is', () => {
  expect(phases(created('active'), became(31, 'active'), became(61, 'active'))).toEqual([['active', 0, null]]);
});

it('a trial, a failed renewal and its recovery follow on one another without gaps', () => {
  expect(phases(created('trialing'), became(14, 'active'), became(45, 'past_due'), became(48, 'active'))).toEqual([
    ['trialing', 0, 14],
    ['active', 14, 45],
    ['past_due', 45, 48],
    ['active', 48, null],
  ]);
});

it('what is active and does not collect is a phase of its own', () => {
  const paused = { pause_collection: { behavior: 'void' } };
  expect(phases(created('active'), became(5, 'active', paused), became(9, 'active'))).toEqual([
    ['active', 0, 5],
    ['collection_paused', 5, 9],
    ['active', 9, null],
  ]);
});

it('of several statuses in one second only the last counts: a payment at Checkout is never seen as incomplete', () => {
  expect(phases(created('incomplete'), became(0, 'active'), became(31, 'past_due'), became(31, 'active'))).toEqual([
    ['active', 0, null],
  ]);
});

it.each(['canceled', 'incomplete_expired'])('nothing follows on the end: %s', (status) => {
  expect(phases(created('incomplete'), became(1, status))).toEqual([['incomplete', 0, 1]]);
});

it('only the subscription’s own events tell its phases', () => {
  expect(phases(created('active'), told('invoice.paid', 3, invoice()))).toEqual([['active', 0, null]]);
  expect(phases()).toEqual([]);
});
